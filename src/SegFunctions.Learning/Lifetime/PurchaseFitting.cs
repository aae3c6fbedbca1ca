namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// Fits a model of orders by maximum likelihood: from several starts on a few thousand histories, then from the best of them on all,
/// by Newton's method with the exact Hessian. Deterministic. Cost a pass O(distinct histories), memory that of the histories.
/// </summary>
public static class PurchaseFitting
{
    // Enough to find the right hill; the climb to its top uses every history.
    private const int StartRows = 4096;
    private const int StartIterations = 60;

    // Limits of the parameters, times in mean ages. Farther out the models differ from their own limits by less than a fit can see,
    // and sums of logarithms lose the digits that their curvature is made of. A gamma of shape 10⁴ varies by 1 %.
    private const double Least = 1e-5;
    private const double MostShape = 1e4;
    private const double MostTime = 1e8;

    /// <returns>Always a usable model; <see cref="PurchaseFit.Identifiable"/>, <see cref="PurchaseFit.Converged"/> and <see cref="PurchaseFit.Outcome"/> say how far to trust it.</returns>
    /// <exception cref="ArgumentException">Options out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PurchaseFit Fit(PurchaseHistories histories, PurchaseFitOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Fit(GroupedHistories.Of(histories), options, cancellationToken);
    }

    internal static PurchaseFit Fit(GroupedHistories histories, PurchaseFitOptions options, CancellationToken cancellationToken)
    {
        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var (orders, time) = (histories.Total(history => history.Repeats), histories.Total(history => history.Age));
        if (orders == 0 || time == 0)
            return NothingRepeated(histories, options, time, team);

        var age = time / histories.Customers;
        var nbd = Climb(histories, PurchaseModelKind.Nbd, [[1, time / orders], [0.1, 0.1 * time / orders]], age, options, team);
        if (options.Model == PurchaseModelKind.Nbd)
            return Report(histories, options, PurchaseModelKind.Nbd, nbd, nbd.Value, age);

        var maximum = Climb(histories, options.Model, Starts(options.Model, nbd.Parameters, age), age, options, team);
        if (maximum.Value < nbd.Value + options.SmallestGain)
        {
            return Report(histories, options, PurchaseModelKind.Nbd, nbd, nbd.Value, age) with
            {
                Identifiable = false,
                Outcome = LifetimeWording.NoDropout(options.Model),
            };
        }

        return Report(histories, options, options.Model, maximum, nbd.Value, age);
    }

    internal static ILikelihood Likelihood(GroupedHistories histories, PurchaseModelKind kind, ChunkTeam team) =>
        kind == PurchaseModelKind.ParetoNbd ? new ParetoNbdLikelihood(histories, team) : new BetaGeometricLikelihood(histories, kind, team);

    private static Maximum Climb(GroupedHistories histories, PurchaseModelKind kind, double[][] starts, double age, PurchaseFitOptions options, ChunkTeam team)
    {
        var (lowest, highest) = Limits(kind, age);
        var sample = histories.Thinned(StartRows);
        var likelihood = Likelihood(sample, kind, team);
        Maximum? best = null;
        foreach (var start in starts)
        {
            var found = NewtonMaximum.From(likelihood, Within(start, lowest, highest, 1), lowest, highest, sample == histories ? options.MaxIterations : StartIterations, sample == histories ? options.Tolerance : 1e-4);
            if (best is null || found.Value > best.Value)
                best = found;
        }

        if (sample == histories)
            return best!;
        // A sample may have driven a parameter to its limit where all the data do not; from there the slope back is too slight to see.
        return NewtonMaximum.From(Likelihood(histories, kind, team), Within(best!.Parameters, lowest, highest, 100), lowest, highest, options.MaxIterations, options.Tolerance);
    }

    /// <summary>Around the rates of the model without drop-out: few drop out, many do, early or late.</summary>
    private static double[][] Starts(PurchaseModelKind kind, double[] nbd, double age)
    {
        var (r, alpha) = (Math.Clamp(nbd[0], 0.05, 20), nbd[1] * Math.Clamp(nbd[0], 0.05, 20) / nbd[0]);
        return kind == PurchaseModelKind.ParetoNbd
            ? [[r, alpha, 0.5, age / 2], [1.5 * r, alpha, 1, 4 * age], [r, alpha / 2, 0.3, age / 20]]
            : [[r, alpha, 0.5, 3], [1.5 * r, alpha, 1, 10], [r, alpha / 2, 0.3, 0.5]];
    }

    private static (double[] Lowest, double[] Highest) Limits(PurchaseModelKind kind, double age) => kind switch
    {
        PurchaseModelKind.Nbd => ([Least, Least * age], [MostShape, MostTime * age]),
        PurchaseModelKind.ParetoNbd => ([Least, Least * age, Least, Least * age], [MostShape, MostTime * age, MostShape, MostTime * age]),
        _ => ([Least, Least * age, Least, Least], [MostShape, MostTime * age, MostShape, MostShape]),
    };

    private static double[] Within(double[] start, double[] lowest, double[] highest, double margin) =>
        [.. start.Select((value, i) => Math.Clamp(value, lowest[i] * margin, highest[i] / margin))];

    private static PurchaseFit Report(GroupedHistories histories, PurchaseFitOptions options, PurchaseModelKind kind, Maximum maximum, double nbd, double age)
    {
        var covariance = LogCovariance.Of(maximum);
        return new PurchaseFit
        {
            Model = PurchaseModel.Of(kind, maximum.Parameters),
            Asked = options.Model,
            LogLikelihood = maximum.Value,
            NbdLogLikelihood = nbd,
            Identifiable = true,
            Converged = maximum.Converged,
            Outcome = maximum.Converged ? LifetimeWording.Converged(maximum.Iterations) : LifetimeWording.StillClimbing(maximum.Iterations),
            Warnings = [.. PurchaseFitWarnings.Of(kind, maximum, nbd, age, histories)],
            Iterations = maximum.Iterations,
            Customers = histories.Customers,
            Histories = histories.Count,
            StandardErrors = LogCovariance.StandardErrors(maximum, covariance),
            LogCovariance = covariance ?? [],
        };
    }

    /// <summary>
    /// Without a repeat order the likelihood rises for ever towards a rate of 0. The usable answer is one rate for all, with Jeffreys'
    /// prior and the time in which nobody ordered: gamma(½, Σ T).
    /// </summary>
    private static PurchaseFit NothingRepeated(GroupedHistories histories, PurchaseFitOptions options, double time, ChunkTeam team)
    {
        double[] parameters = [0.5, Math.Max(time, 1)];
        var value = Likelihood(histories, PurchaseModelKind.Nbd, team).Evaluate(parameters, new double[2], new double[4]);
        return new PurchaseFit
        {
            Model = PurchaseModel.Of(PurchaseModelKind.Nbd, parameters),
            Asked = options.Model,
            LogLikelihood = value,
            NbdLogLikelihood = value,
            Identifiable = false,
            Converged = false,
            Outcome = time == 0 ? LifetimeWording.NoTime : LifetimeWording.NoRepeats,
            Customers = histories.Customers,
            Histories = histories.Count,
            StandardErrors = [double.NaN, double.NaN],
        };
    }
}
