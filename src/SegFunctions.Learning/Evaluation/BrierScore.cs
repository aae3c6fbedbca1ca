namespace SegFunctions.Learning.Evaluation;

/// <summary>Mean squared difference of probability and outcome (Brier 1950, for two classes): 0 is best, 0.25 is a coin.</summary>
public static class BrierScore
{
    /// <param name="weights">One a row, 0 or more; empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value outside 0 to 1 (row named), or weights that are none.</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        var total = ScoredLabels.RequireWeights(weights, labels.Length);
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
            sum += (weights.IsEmpty ? 1 : weights[row]) * Of(probabilities[row], labels[row]);
        return sum / total;
    }

    internal static double Of(double probability, bool label)
    {
        var error = probability - (label ? 1 : 0);
        return error * error;
    }
}
