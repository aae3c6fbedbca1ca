namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Agreement of two partitions corrected for chance (Hubert &amp; Arabie 1985): 1 for the same partition whatever its names, about 0
/// for unrelated ones. Counts pairs in 64-bit integers, so it is exact up to 2³¹ rows. Cost O(n + cells of the table).
/// </summary>
public static class AdjustedRandIndex
{
    /// <param name="first">One label a row, any integers.</param>
    /// <param name="second">One label a row, any integers.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Of(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
            throw new ArgumentException($"The partitions have {first.Count} and {second.Count} labels.", nameof(second));
        var cells = new Dictionary<(int, int), long>();
        var rows = new Dictionary<int, long>();
        var columns = new Dictionary<int, long>();
        for (var i = 0; i < first.Count; i++)
        {
            Count(cells, (first[i], second[i]));
            Count(rows, first[i]);
            Count(columns, second[i]);
        }

        var together = Pairs(cells.Values);
        var inFirst = Pairs(rows.Values);
        var inSecond = Pairs(columns.Values);
        var all = first.Count * (first.Count - 1.0) / 2;
        // No pairs, or both partitions trivial in the same way: they agree.
        if (all == 0 || (inFirst == inSecond && (inFirst == 0 || inFirst == all)))
            return 1;
        var expected = inFirst * (double)inSecond / all;
        var greatest = (inFirst + (double)inSecond) / 2;
        return (together - expected) / (greatest - expected);
    }

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;

    private static long Pairs(IEnumerable<long> counts) => counts.Sum(count => count * (count - 1) / 2);
}
