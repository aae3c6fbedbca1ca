using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SegFunctions.Learning.Boosting.Binning;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>
/// Builds the histograms of nodes and finds their best splits, a group of columns at a time: the smaller of two siblings is added up
/// row by row, the larger is what is left of the parent, and each group is searched as soon as it stands.
/// </summary>
internal sealed class SplitSearch(BinnedTable table, GradientPairs pairs, RowOrder order, HistogramLayout layout, ChunkTeam team) : IChunkWork
{
    /// <summary>Rows added up by one thread; a node of more is added up in pieces.</summary>
    private const int PieceRows = 1 << 15;

    private readonly List<Piece> _tasks = [];
    private readonly List<Pair> _pairs = [];
    private readonly Lock _merging = new();
    private int[] _open = [];
    private Split[] _found = [];
    private SplitRules _rules;
    private bool[] _columns = [];

    /// <param name="columns">One a kept column: whether it may be split on.</param>
    public void Begin(SplitRules rules, bool[] columns)
    {
        _rules = rules;
        _columns = columns;
        _pairs.Clear();
    }

    /// <summary>Queues a node whose rows are added up, and its sibling, which takes the rest of the parent's histograms.</summary>
    /// <param name="built">Given histograms here.</param>
    /// <param name="rest">Already holds the parent's histograms; null when the sibling is not to be searched.</param>
    /// <param name="searchBuilt">Whether the node added up is searched as well.</param>
    public void Add(GrowingNode built, GrowingNode? rest, bool searchBuilt)
    {
        built.Histograms = layout.Rent();
        _pairs.Add(new Pair(built, rest, searchBuilt));
    }

    /// <summary>Does all that was queued.</summary>
    public void Run()
    {
        if (_pairs.Count == 0)
            return;
        var groups = table.Groups;
        _tasks.Clear();
        if (_open.Length < _pairs.Count * groups)
        {
            _open = new int[_pairs.Count * groups];
            _found = new Split[2 * _pairs.Count * groups];
        }

        Array.Clear(_found, 0, 2 * _pairs.Count * groups);
        // Group after group, so that a group's table stays in the cache while all nodes pass.
        for (var group = 0; group < groups; group++)
        {
            if (!IsSearched(group))
                continue;
            for (var pair = 0; pair < _pairs.Count; pair++)
            {
                var built = _pairs[pair].Built;
                var pieces = 0;
                for (var begin = built.Begin; begin < built.End; begin += PieceRows, pieces++)
                    _tasks.Add(new Piece(pair, group, begin, Math.Min(built.End, begin + PieceRows)));
                _open[(pair * groups) + group] = pieces;
            }
        }

        team.Run(this, _tasks.Count);
        for (var pair = 0; pair < _pairs.Count; pair++)
        {
            Choose(_pairs[pair].Built, 2 * pair);
            if (_pairs[pair].Rest is { } rest)
                Choose(rest, (2 * pair) + 1);
        }

        _pairs.Clear();
    }

    [SkipLocalsInit]
    public void Run(int chunk)
    {
        var task = _tasks[chunk];
        var pair = _pairs[task.Pair];
        var lanes = table.LanesOf(task.Group);
        Span<long> sums = stackalloc long[BinnedTable.GroupLanes * HistogramKernel.Stride];
        sums = sums[..(lanes * HistogramKernel.Stride)];
        sums.Clear();
        HistogramKernel.Add(table.Group(task.Group), lanes, pairs.Words, order.RowsAndAhead(task.Begin, task.End), sums);
        if (pair.Built.Rows <= PieceRows)
            Spread(task, pair.Built, sums, first: true);
        else if (!Merge(task, pair.Built, sums))
            return;
        Finish(task, pair);
    }

    /// <summary>Whether the tree may split on any column of a group.</summary>
    private bool IsSearched(int group)
    {
        foreach (var used in table.ColumnsOf(group))
        {
            if (_columns[used])
                return true;
        }

        return false;
    }

    /// <summary>Adds a piece to its node; true for the last one. Whole numbers: the order of pieces changes nothing.</summary>
    private bool Merge(Piece task, GrowingNode built, ReadOnlySpan<long> sums)
    {
        lock (_merging)
        {
            ref var open = ref _open[(task.Pair * table.Groups) + task.Group];
            Spread(task, built, sums, first: (long)open * PieceRows >= built.Rows);
            return --open == 0;
        }
    }

    /// <summary>Adds the sums of lanes to those of the columns that stand in them.</summary>
    private void Spread(Piece task, GrowingNode built, ReadOnlySpan<long> sums, bool first)
    {
        foreach (var used in table.ColumnsOf(task.Group))
        {
            var place = table.Lanes[used];
            var numbers = sums.Slice(place.Lane % BinnedTable.GroupLanes * HistogramKernel.Stride, table.Lanes.Numbers(place.Lane));
            var bins = layout.Of(built.Histograms!, used);
            if (first && bins.Length == numbers.Length)
            {
                numbers.CopyTo(bins);
                continue;
            }

            if (first)
                bins.Clear();
            place.Add(numbers, bins);
        }
    }

    private void Finish(Piece task, in Pair pair)
    {
        var found = _found.AsSpan(2 * task.Pair * table.Groups);
        foreach (var used in table.ColumnsOf(task.Group))
        {
            if (!_columns[used])
                continue;
            var built = layout.Of(pair.Built.Histograms!, used);
            if (pair.Rest is { } rest)
            {
                var other = layout.Of(rest.Histograms!, used);
                System.Numerics.Tensors.TensorPrimitives.Subtract<long>(other, built, other);
                Find(other, used, rest.Sums, ref found[table.Groups + task.Group]);
            }

            if (pair.SearchBuilt)
                Find(built, used, pair.Built.Sums, ref found[task.Group]);
        }
    }

    private void Find(ReadOnlySpan<long> bins, int used, in NodeSums node, ref Split best)
    {
        var column = table.Used[used];
        if (table.Columns[column].IsCategorical)
            CategorySplits.Find(bins, used, _rules, node, ref best);
        else
            NumericSplits.Find(bins, used, _rules.Options.Monotone.Count > 0 ? _rules.Options.Monotone[column] : 0, _rules, node, ref best);
    }

    /// <summary>The best of all groups, the first column among equals.</summary>
    private void Choose(GrowingNode node, int place)
    {
        node.Best = default;
        foreach (ref readonly var split in _found.AsSpan(place * table.Groups, table.Groups))
        {
            if (split.Gain > node.Best.Gain || (split.Gain == node.Best.Gain && split.Used < node.Best.Used))
                node.Best = split;
        }

        if (!node.Best.Exists)
            layout.Return(node);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Piece(int Pair, int Group, int Begin, int End);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pair(GrowingNode Built, GrowingNode? Rest, bool SearchBuilt);
}
