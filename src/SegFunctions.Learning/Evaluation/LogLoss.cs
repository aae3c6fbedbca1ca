namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Mean negative log-likelihood in nats, −ln p for a positive row and −ln(1 − p) for a negative one (Good 1952). Probabilities are
/// kept 2⁻⁵² away from 0 and 1 (as scikit-learn does for doubles), so that one wrong certainty costs 36 nats, not everything.
/// </summary>
public static class LogLoss
{
    private const double Edge = 2.220446049250313e-16;

    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value outside 0 to 1 (row named).</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
            sum += Of(probabilities[row], labels[row]);
        return sum / labels.Length;
    }

    /// <summary>The loss of every row, for paired comparisons (<see cref="PairedInterval"/>).</summary>
    public static double[] PerRow(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        var losses = new double[labels.Length];
        for (var row = 0; row < labels.Length; row++)
            losses[row] = Of(probabilities[row], labels[row]);
        return losses;
    }

    private static double Of(double probability, bool label)
    {
        var p = Math.Clamp(probability, Edge, 1 - Edge);
        return label ? -Math.Log(p) : -double.LogP1(-p);
    }
}
