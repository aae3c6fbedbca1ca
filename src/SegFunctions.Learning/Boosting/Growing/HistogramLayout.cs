using SegFunctions.Learning.Boosting.Binning;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>Where each kept column's histogram lies within a node's, and arrays of that size to use again.</summary>
internal sealed class HistogramLayout
{
    private readonly Stack<long[]> _free = [];

    public HistogramLayout(BinnedTable table)
    {
        Offsets = new int[table.Used.Length + 1];
        for (var used = 0; used < table.Used.Length; used++)
            Offsets[used + 1] = Offsets[used] + table.Columns[table.Used[used]].Count + 1;
    }

    /// <summary>One a kept column, and the end.</summary>
    public int[] Offsets { get; }

    public Span<long> Of(long[] histograms, int used) => histograms.AsSpan(Offsets[used], Offsets[used + 1] - Offsets[used]);

    public long[] Rent() => _free.TryPop(out var histograms) ? histograms : new long[Offsets[^1]];

    public void Return(GrowingNode node)
    {
        if (node.Histograms is { } histograms)
            _free.Push(histograms);
        node.Histograms = null;
    }
}
