using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>Fits the Gamma-Gamma model by maximum likelihood, as <see cref="PurchaseFitting"/> does.</summary>
public static class SpendFitting
{
    private const int StartRows = 4096;
    private const int StartIterations = 60;
    private const double Least = 1e-4;
    private const double Most = 1e5;
    private const int FewSpenders = 50;

    // Above this, frequent customers spend so differently that the independence the model needs is not there.
    private const double NotableCorrelation = 0.2;

    // A lognormal spread of which one amount in twenty is thirty times the median has a mean of eight times it.
    private const double NotableSkew = 10;

    /// <param name="histories">With <see cref="PurchaseHistories.Spend"/>.</param>
    /// <param name="options"><see cref="PurchaseFitOptions.Model"/> does not matter here.</param>
    /// <exception cref="ArgumentException">The histories hold no amounts, or options out of range.</exception>
    public static SpendFit Fit(PurchaseHistories histories, PurchaseFitOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (histories.Spend.IsEmpty)
            throw new ArgumentException("The histories hold no amounts; give mean amounts to learn spend.", nameof(histories));
        var spend = GroupedSpend.Of(histories.Repeats, histories.Spend);
        var leftOut = -spend.Customers;
        foreach (var x in histories.Repeats)
            leftOut += x > 0 ? 1 : 0;
        var warnings = new List<Bilingual>();
        if (leftOut > 0)
            warnings.Add(LifetimeWording.LeftOut(leftOut));
        if (spend.Customers == 0)
            return new SpendFit { Outcome = LifetimeWording.NoSpend, Warnings = warnings };

        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var maximum = Climb(spend, options, team);
        var (p, q, gamma) = (maximum.Parameters[0], maximum.Parameters[1], maximum.Parameters[2]);
        var correlation = Correlation(histories);
        if (spend.Customers < FewSpenders)
            warnings.Add(LifetimeWording.FewSpenders(spend.Customers));
        if (Math.Abs(correlation) >= NotableCorrelation && spend.Customers >= FewSpenders)
            warnings.Add(LifetimeWording.Correlated(correlation));
        if (q <= 1)
            warnings.Add(LifetimeWording.InfiniteMean);
        if (LimitOf(maximum) is { } limit)
            warnings.Add(limit);
        if (spend.Customers >= FewSpenders && MedianOf(histories) is var median && spend.Scale > NotableSkew * median)
            warnings.Add(LifetimeWording.FewAmounts(spend.Scale, median));
        var covariance = LogCovariance.Of(maximum);
        var errors = LogCovariance.StandardErrors(maximum, covariance);
        errors[2] *= spend.Scale;
        return new SpendFit
        {
            Model = new GammaGammaModel(p, q, gamma * spend.Scale),
            // The density of an amount is per unit of it.
            LogLikelihood = maximum.Value - (spend.Customers * Math.Log(spend.Scale)),
            Converged = maximum.Converged,
            Outcome = maximum.Converged ? LifetimeWording.Converged(maximum.Iterations) : LifetimeWording.StillClimbing(maximum.Iterations),
            Warnings = warnings,
            Customers = spend.Customers,
            Iterations = maximum.Iterations,
            Correlation = correlation,
            MeanAmount = spend.Scale,
            StandardErrors = errors,
            LogCovariance = covariance ?? [],
        };
    }

    private static Bilingual? LimitOf(Maximum maximum)
    {
        var (within, between) = (maximum.AtLimit[0] && maximum.Parameters[0] > 1, (maximum.AtLimit[1] && maximum.Parameters[1] > 1) || (maximum.AtLimit[2] && maximum.Parameters[2] > 1));
        return (within, between) switch
        {
            (true, true) => LifetimeWording.UniformSpend,
            (true, false) => LifetimeWording.SteadySpend,
            (false, true) => LifetimeWording.EqualSpenders,
            _ => maximum.AtLimit.Contains(true) ? LifetimeWording.OddSpend : null,
        };
    }

    /// <summary>Median of the customers' mean amounts, over a few thousand of them drawn evenly.</summary>
    private static double MedianOf(PurchaseHistories histories)
    {
        var means = new List<double>(2 * StartRows);
        var step = Math.Max(1, histories.Count / (4 * StartRows));
        for (var i = 0; i < histories.Count; i += step)
        {
            if (histories.Repeats[i] > 0 && histories.Spend[i] > 0)
                means.Add(histories.Spend[i]);
        }

        means.Sort();
        return means.Count == 0 ? double.NaN : means[means.Count / 2];
    }

    private static Maximum Climb(GroupedSpend spend, PurchaseFitOptions options, ChunkTeam team)
    {
        double[] lowest = [Least, Least, Least];
        double[] highest = [Most, Most, Most];
        var sample = spend.Thinned(StartRows);
        var likelihood = new GammaGammaLikelihood(sample, team);
        Maximum? best = null;
        // Amounts are in units of their mean, so p·γ/(q − 1) is about 1.
        foreach (var start in (double[][])[[2, 3, 1], [6, 4, 0.5], [1, 1.5, 0.5]])
        {
            var found = NewtonMaximum.From(likelihood, start, lowest, highest, sample == spend ? options.MaxIterations : StartIterations, sample == spend ? options.Tolerance : 1e-4);
            if (best is null || found.Value > best.Value)
                best = found;
        }

        if (sample == spend)
            return best!;
        double[] from = [.. best!.Parameters.Select(value => Math.Clamp(value, 100 * Least, Most / 100))];
        return NewtonMaximum.From(new GammaGammaLikelihood(spend, team), from, lowest, highest, options.MaxIterations, options.Tolerance);
    }

    /// <summary>Pearson's, by Welford's running moments: exact also for amounts far from 0.</summary>
    private static double Correlation(PurchaseHistories histories)
    {
        var (n, meanX, meanM, squareX, squareM, product) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < histories.Count; i++)
        {
            if (histories.Repeats[i] == 0 || !(histories.Spend[i] > 0))
                continue;
            n++;
            var (x, m) = (histories.Repeats[i] - meanX, histories.Spend[i] - meanM);
            meanX += x / n;
            meanM += m / n;
            squareX += x * (histories.Repeats[i] - meanX);
            squareM += m * (histories.Spend[i] - meanM);
            product += x * (histories.Spend[i] - meanM);
        }

        return squareX > 0 && squareM > 0 ? product / (Math.Sqrt(squareX) * Math.Sqrt(squareM)) : double.NaN;
    }
}
