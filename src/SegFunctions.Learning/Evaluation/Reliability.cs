namespace SegFunctions.Learning.Evaluation;

/// <summary>One bin of a reliability curve.</summary>
/// <param name="Rows">Rows in it.</param>
/// <param name="MeanProbability">What was promised.</param>
/// <param name="PositiveShare">What happened.</param>
public readonly record struct ReliabilityBin(int Rows, double MeanProbability, double PositiveShare);

/// <summary>Whether 30 % means 30 %.</summary>
/// <param name="Bins">From low to high probability.</param>
/// <param name="ExpectedCalibrationError">Mean over rows of the gap between promise and outcome of their bin.</param>
/// <param name="MaximumCalibrationError">The greatest such gap.</param>
public sealed record ReliabilityResult(IReadOnlyList<ReliabilityBin> Bins, double ExpectedCalibrationError, double MaximumCalibrationError);

/// <summary>
/// Reliability curve and expected calibration error (Naeini, Cooper &amp; Hauskrecht 2015) over bins of equal mass; rows of equal
/// probability are never torn apart, so there may be fewer bins than asked for. Cost O(n log n).
/// </summary>
public static class Reliability
{
    /// <param name="bins">Bins wanted, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value outside 0 to 1 (row named).</exception>
    public static ReliabilityResult Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        var sorted = probabilities.ToArray();
        var positive = labels.ToArray();
        Array.Sort(sorted, positive);
        var found = new List<ReliabilityBin>(bins);
        var expected = 0.0;
        var greatest = 0.0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = EndOfBin(sorted, start, (int)((found.Count + 1L) * sorted.Length / bins));
            var bin = BinOf(sorted.AsSpan(start..end), positive.AsSpan(start..end));
            var gap = Math.Abs(bin.MeanProbability - bin.PositiveShare);
            expected += gap * bin.Rows / sorted.Length;
            greatest = Math.Max(greatest, gap);
            found.Add(bin);
            start = end;
        }

        return new ReliabilityResult(found, expected, greatest);
    }

    private static int EndOfBin(double[] sorted, int start, int wanted)
    {
        var end = Math.Max(start + 1, wanted);
        while (end < sorted.Length && sorted[end] == sorted[end - 1])
            end++;
        return end;
    }

    private static ReliabilityBin BinOf(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sum = 0.0;
        var positives = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            sum += probabilities[row];
            positives += labels[row] ? 1 : 0;
        }

        return new ReliabilityBin(labels.Length, sum / labels.Length, (double)positives / labels.Length);
    }
}
