namespace SegFunctions.Learning.Boosting.Losses;

/// <summary>A loss of one row: its value, first and second derivative by the margin, its best constant, and what a margin means.</summary>
internal abstract class LossFunction
{
    /// <summary>Margins a row.</summary>
    public virtual int Outputs => 1;

    public static LossFunction Of(BoostingOptions options, int outputs) => options.Loss switch
    {
        BoostingLoss.Logistic => new LogisticLoss(),
        BoostingLoss.Squared => new SquaredLoss(),
        BoostingLoss.Poisson => new PoissonLoss(double.IsFinite(options.StepBound) ? options.StepBound : 0),
        BoostingLoss.Tweedie => new TweedieLoss(options.TweediePower),
        BoostingLoss.Softmax => new SoftmaxLoss(outputs),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Loss, "unknown loss"),
    };

    /// <summary>What is wrong with a target, as the end of a sentence; null when nothing is.</summary>
    public abstract string? Fault(double target);

    /// <summary>The margins of least loss when all rows share them, one an output; finite also where the optimum is not.</summary>
    /// <param name="weights">One a row, of positive sum; empty for 1 each.</param>
    public abstract double[] Prior(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights);

    /// <summary>Derivatives of the unweighted loss of some rows.</summary>
    /// <param name="margins">Rows × outputs.</param>
    /// <param name="output">By the margin of this output.</param>
    /// <param name="gradients">Out, one a row.</param>
    /// <param name="curvatures">Out, one a row, 0 or more.</param>
    public abstract void Derive(ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, int output, Span<double> gradients, Span<double> curvatures);

    /// <summary>The unweighted loss of one row.</summary>
    /// <param name="margins">One an output.</param>
    public abstract double Of(ReadOnlySpan<double> margins, double target);

    /// <summary>Turns margins, rows × outputs, into probabilities or means in place.</summary>
    public abstract void Respond(Span<double> margins);

    /// <summary>Σ weight · target and Σ weight.</summary>
    protected static (double Weighted, double Total) Sums(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var (weighted, total) = (0.0, 0.0);
        for (var row = 0; row < targets.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            weighted += weight * targets[row];
            total += weight;
        }

        return (weighted, total);
    }

    /// <summary>The log of the weighted mean; where nothing happened at all, of half an event.</summary>
    protected static double LogMean(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var (weighted, total) = Sums(targets, weights);
        return Math.Log((weighted > 0 ? weighted : 0.5) / total);
    }
}
