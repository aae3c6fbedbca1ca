namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Area under the precision–recall curve as average precision: Σ (recall gained · precision) from the highest score down, without
/// interpolation (Davis &amp; Goadrich 2006; as in scikit-learn). A model that knows nothing gets the share of positives. Cost O(n log n).
/// </summary>
public static class AveragePrecision
{
    /// <param name="scores">Greater means more likely positive; ±∞ allowed.</param>
    /// <param name="weights">One a row, 0 or more; empty for 1 each.</param>
    /// <returns>null without positives.</returns>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a NaN (row named), or weights that are none.</exception>
    public static double? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        ScoredLabels.Require(scores, labels, probabilities: false, nameof(scores));
        ScoredLabels.RequireWeights(weights, labels.Length);
        var rows = RankedRows.Of(scores, labels, weights);
        double positives = 0, taken = 0, up = 0, area = 0;
        for (var at = rows.Count - 1; at >= 0; at--)
        {
            taken += rows.WeightAt(at);
            if (rows.Labels[at])
                up += rows.WeightAt(at);
            if (up == 0 || (at > 0 && !rows.Ends[at - 1]))
                continue;
            positives += up;
            area += up * (positives / taken);
            up = 0;
        }

        return positives == 0 ? null : area / positives;
    }
}
