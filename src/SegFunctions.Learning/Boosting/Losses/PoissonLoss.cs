using System.Numerics.Tensors;

namespace SegFunctions.Learning.Boosting.Losses;

/// <summary>eᶻ − y z; g = eᶻ − y, h = eᶻ⁺ᵇ.</summary>
/// <param name="bound">b, the bound on a step, so that the curvature holds for the whole step (XGBoost's safeguard); 0 for the plain second derivative.</param>
internal sealed class PoissonLoss(double bound) : LossFunction
{
    private readonly double _factor = Math.Exp(bound);

    public override string? Fault(double target) => target >= 0 && double.IsFinite(target) ? null : "Poisson loss needs a finite number of 0 or more";

    public override double[] Prior(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights) => [LogMean(targets, weights)];

    public override void Derive(ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, int output, Span<double> gradients, Span<double> curvatures)
    {
        TensorPrimitives.Exp(margins, curvatures);
        for (var row = 0; row < targets.Length; row++)
        {
            gradients[row] = curvatures[row] - targets[row];
            curvatures[row] *= _factor;
        }
    }

    public override double Of(ReadOnlySpan<double> margins, double target) => Math.Exp(margins[0]) - (target * margins[0]);

    public override void Respond(Span<double> margins)
    {
        // One by one: a vector's exponential may differ in the last bit, and with it the same row in another batch.
        foreach (ref var margin in margins)
            margin = Math.Exp(margin);
    }
}
