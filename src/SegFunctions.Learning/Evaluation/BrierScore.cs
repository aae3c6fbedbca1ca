namespace SegFunctions.Learning.Evaluation;

/// <summary>Mean squared difference of probability and outcome (Brier 1950, for two classes): 0 is best, 0.25 is a coin.</summary>
public static class BrierScore
{
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value outside 0 to 1 (row named).</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var error = probabilities[row] - (labels[row] ? 1 : 0);
            sum += error * error;
        }

        return sum / labels.Length;
    }
}
