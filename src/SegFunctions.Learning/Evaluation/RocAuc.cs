namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half (Mann–Whitney;
/// Hanley &amp; McNeil 1982). Cost O(n log n).
/// </summary>
public static class RocAuc
{
    /// <param name="scores">Greater means more likely positive; ±∞ allowed.</param>
    /// <returns>null when one class is absent: there is no pair to compare.</returns>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a NaN (row named).</exception>
    public static double? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        ScoredLabels.Require(scores, labels, probabilities: false, nameof(scores));
        var sorted = scores.ToArray();
        var positive = labels.ToArray();
        Array.Sort(sorted, positive);
        long negatives = 0;
        long positives = 0;
        // Twice the number of pairs in the right order, so that half pairs stay whole numbers.
        UInt128 pairs = 0;
        for (var start = 0; start < sorted.Length;)
        {
            long up = 0;
            long down = 0;
            var end = start;
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                if (positive[end])
                    up++;
                else
                    down++;
            }

            pairs += (UInt128)up * (UInt128)((2 * negatives) + down);
            positives += up;
            negatives += down;
            start = end;
        }

        return positives == 0 || negatives == 0 ? null : (double)pairs / (2.0 * positives * negatives);
    }
}
