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
    /// <param name="weights">One a row, 0 or more; empty for 1 each. Bins then hold equal weight.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value outside 0 to 1 (row named), or weights that are none.</exception>
    public static ReliabilityResult Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins = 10, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        ScoredLabels.RequireWeights(weights, labels.Length);
        return Of(RankedRows.Of(probabilities, labels, weights), bins);
    }

    internal static ReliabilityResult Of(RankedRows rows, int bins)
    {
        var (positives, negatives) = rows.Totals();
        var total = positives + negatives;
        var found = new List<ReliabilityBin>(bins);
        double expected = 0, greatest = 0, reached = 0, mass = 0, promised = 0, up = 0;
        var start = 0;
        var bin = 1;
        for (var at = 0; at < rows.Count; at++)
        {
            var weight = rows.WeightAt(at);
            mass += weight;
            reached += weight;
            promised += weight * rows.Scores[at];
            up += rows.Labels[at] ? weight : 0;
            // A bin ends with the first group of equal probabilities that reaches its share; the last row ends the last.
            if (!rows.Ends[at] || mass == 0 || (at + 1 < rows.Count && !Reaches(reached, bin)))
                continue;
            var gap = Math.Abs(promised - up) / mass;
            expected += gap * mass / total;
            greatest = Math.Max(greatest, gap);
            found.Add(new ReliabilityBin(at + 1 - start, promised / mass, up / mass));
            (start, mass, promised, up) = (at + 1, 0, 0, 0);
            while (bin <= bins && Reaches(reached, bin))
                bin++;
        }

        return new ReliabilityResult(found, expected, greatest);

        bool Reaches(double weight, int number) => weight * bins >= number * total * (1 - 1e-12);
    }
}
