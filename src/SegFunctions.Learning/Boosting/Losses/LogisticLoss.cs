using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Boosting.Losses;

/// <summary>ln(1 + eᶻ) − y z; g = p − y, h = p (1 − p).</summary>
internal sealed class LogisticLoss : LossFunction
{
    public override string? Fault(double target) => target is >= 0 and <= 1 ? null : "logistic loss needs 0, 1 or a share between them";

    public override double[] Prior(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var (positive, total) = Sums(targets, weights);
        // One class alone has no finite optimum; half a row of the other keeps the answer a probability.
        return [positive > 0 && positive < total ? Math.Log(positive / (total - positive)) : Math.Log((positive + 0.5) / (total - positive + 0.5))];
    }

    public override void Derive(ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, int output, Span<double> gradients, Span<double> curvatures)
    {
        TensorPrimitives.Sigmoid(margins, curvatures);
        var row = 0;
        for (; row <= targets.Length - Vector512<double>.Count; row += Vector512<double>.Count)
        {
            var probability = Vector512.Create<double>(curvatures[row..]);
            (probability - Vector512.Create(targets[row..])).CopyTo(gradients[row..]);
            (probability * (Vector512<double>.One - probability)).CopyTo(curvatures[row..]);
        }

        for (; row < targets.Length; row++)
        {
            var probability = curvatures[row];
            gradients[row] = probability - targets[row];
            curvatures[row] = probability * (1 - probability);
        }
    }

    public override double Of(ReadOnlySpan<double> margins, double target) => Logistic.Softplus(margins[0]) - (target * margins[0]);

    public override void Respond(Span<double> margins)
    {
        foreach (ref var margin in margins)
            margin = Logistic.Probability(margin);
    }
}
