namespace SegFunctions.Learning.Boosting.Losses;

/// <summary>e^((2−ρ)z) / (2−ρ) − y e^((1−ρ)z) / (1−ρ), half the Tweedie deviance but for a constant (Jørgensen 1987).</summary>
/// <param name="power">ρ, between 1 and 2.</param>
internal sealed class TweedieLoss(double power) : LossFunction
{
    public override string? Fault(double target) => target >= 0 && double.IsFinite(target) ? null : "Tweedie loss needs a finite number of 0 or more";

    public override double[] Prior(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights) => [LogMean(targets, weights)];

    public override void Derive(ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, int output, Span<double> gradients, Span<double> curvatures)
    {
        for (var row = 0; row < targets.Length; row++)
        {
            var ratio = targets[row] * Math.Exp((1 - power) * margins[row]);
            var mean = Math.Exp((2 - power) * margins[row]);
            gradients[row] = mean - ratio;
            curvatures[row] = ((2 - power) * mean) - ((1 - power) * ratio);
        }
    }

    public override double Of(ReadOnlySpan<double> margins, double target) =>
        (Math.Exp((2 - power) * margins[0]) / (2 - power)) - (target * Math.Exp((1 - power) * margins[0]) / (1 - power));

    public override void Respond(Span<double> margins)
    {
        // One by one: a vector's exponential may differ in the last bit, and with it the same row in another batch.
        foreach (ref var margin in margins)
            margin = Math.Exp(margin);
    }
}
