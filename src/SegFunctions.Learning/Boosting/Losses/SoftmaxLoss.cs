namespace SegFunctions.Learning.Boosting.Losses;

/// <summary>ln Σ e^zₖ − z_y; gₖ = pₖ − [y = k], hₖ = 2 pₖ (1 − pₖ), the diagonal bound of Böhning's kind that XGBoost and LightGBM take.</summary>
internal sealed class SoftmaxLoss(int classes) : LossFunction
{
    public override int Outputs => classes;

    public override string? Fault(double target) =>
        target >= 0 && target < classes && target == Math.Floor(target) ? null : $"softmax loss of {classes} classes needs a whole number from 0 to {classes - 1}";

    public override double[] Prior(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var sums = new double[classes];
        var total = 0.0;
        for (var row = 0; row < targets.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            sums[(int)targets[row]] += weight;
            total += weight;
        }

        // A class that never occurs has no finite optimum; half a row keeps its score one.
        return [.. sums.Select(sum => Math.Log((sum > 0 ? sum : 0.5) / total))];
    }

    public override void Derive(ReadOnlySpan<double> margins, ReadOnlySpan<double> targets, int output, Span<double> gradients, Span<double> curvatures)
    {
        for (var row = 0; row < targets.Length; row++)
        {
            var own = margins.Slice(row * classes, classes);
            var probability = Math.Exp(own[output] - LogSum(own));
            gradients[row] = probability - (targets[row] == output ? 1 : 0);
            curvatures[row] = 2 * probability * (1 - probability);
        }
    }

    public override double Of(ReadOnlySpan<double> margins, double target) => LogSum(margins) - margins[(int)target];

    public override void Respond(Span<double> margins)
    {
        for (var start = 0; start < margins.Length; start += classes)
        {
            var own = margins.Slice(start, classes);
            var logSum = LogSum(own);
            foreach (ref var margin in own)
                margin = Math.Exp(margin - logSum);
        }
    }

    private static double LogSum(ReadOnlySpan<double> margins)
    {
        var greatest = double.NegativeInfinity;
        foreach (var margin in margins)
            greatest = Math.Max(greatest, margin);
        var sum = 0.0;
        foreach (var margin in margins)
            sum += Math.Exp(margin - greatest);
        return greatest + Math.Log(sum);
    }
}
