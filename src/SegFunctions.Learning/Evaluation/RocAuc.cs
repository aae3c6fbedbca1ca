namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half (Mann–Whitney;
/// Hanley &amp; McNeil 1982). Cost O(n log n).
/// </summary>
public static class RocAuc
{
    /// <param name="scores">Greater means more likely positive; ±∞ allowed.</param>
    /// <param name="weights">One a row, 0 or more: a pair counts by the product of its weights. Empty for 1 each.</param>
    /// <returns>null when one class is absent: there is no pair to compare.</returns>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a NaN (row named), or weights that are none.</exception>
    public static double? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        ScoredLabels.Require(scores, labels, probabilities: false, nameof(scores));
        ScoredLabels.RequireWeights(weights, labels.Length);
        return Of(RankedRows.Of(scores, labels, weights));
    }

    internal static double? Of(RankedRows rows)
    {
        // Without weights every number here is whole and exact below 2⁵³, which is 10⁸ rows.
        double below = 0, up = 0, down = 0, positives = 0, doubled = 0;
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows.Labels[at])
                up += rows.WeightAt(at);
            else
                down += rows.WeightAt(at);
            if (!rows.Ends[at])
                continue;
            doubled += up * ((2 * below) + down);
            positives += up;
            below += down;
            (up, down) = (0, 0);
        }

        return positives == 0 || below == 0 ? null : doubled / (2 * positives * below);
    }
}
