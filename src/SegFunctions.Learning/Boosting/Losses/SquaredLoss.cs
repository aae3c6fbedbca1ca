namespace SegFunctions.Learning.Boosting.Losses;

/// <summary>½ (z − y)²; g = z − y, h = 1.</summary>
internal sealed class SquaredLoss : LossFunction
{
    public override string? Fault(double target) => double.IsFinite(target) ? null : "squared loss needs a finite number";

    public override double[] Prior(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var (weighted, total) = Sums(targets, weights);
        return [weighted / total];
    }

    public override void Derive(ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, int output, Span<double> gradients, Span<double> curvatures)
    {
        for (var row = 0; row < targets.Length; row++)
            gradients[row] = margins[row] - targets[row];
        curvatures.Fill(1);
    }

    public override double Of(ReadOnlySpan<double> margins, double target) => (margins[0] - target) * (margins[0] - target) / 2;

    public override void Respond(Span<double> margins)
    {
        // The margin is the mean.
    }
}
