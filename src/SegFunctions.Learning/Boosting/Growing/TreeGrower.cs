using SegFunctions.Learning.Boosting.Binning;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>Grows one tree after the other on the same table.</summary>
internal sealed class TreeGrower
{
    private readonly BinnedTable _table;
    private readonly double[]? _weights;
    private readonly BoostingOptions _options;
    private readonly GradientPairs _pairs;
    private readonly HistogramLayout _layout;
    private readonly SplitSearch _search;
    private readonly TreeDraft _draft = new();
    private readonly List<GrowingNode> _nodes = [];
    private readonly List<GrowingNode> _open = [];
    private readonly List<(GrowingNode Left, GrowingNode Right)> _children = [];
    private readonly List<GrowingNode> _batch = [];
    private SplitRules _rules;

    /// <param name="weights">One a row; null for 1 each.</param>
    public TreeGrower(BinnedTable table, double[]? weights, GradientPairs pairs, BoostingOptions options, ChunkTeam team)
    {
        _table = table;
        _weights = weights;
        _pairs = pairs;
        _options = options;
        _layout = new HistogramLayout(table);
        Order = new RowOrder(table, team);
        _search = new SplitSearch(table, pairs, Order, _layout, team);
    }

    /// <summary>The rows, those of a leaf side by side once a tree has grown.</summary>
    public RowOrder Order { get; }

    /// <summary>The leaves of the last tree and their rows.</summary>
    public List<GrowingNode> Leaves { get; } = [];

    /// <param name="rows">The rows the tree sees; empty for all.</param>
    /// <param name="columns">One a kept column: whether the tree may split on it.</param>
    public RegressionTree Grow(ReadOnlySpan<int> rows, bool[] columns)
    {
        _rules = new SplitRules(_options, _pairs.GradientUnit, _pairs.CurvatureUnit, _pairs.Dispersion);
        _draft.Clear();
        _open.Clear();
        Leaves.Clear();
        Order.Start(rows);
        var word = rows.IsEmpty ? _pairs.Sum : SumOf(rows);
        var bound = _options.StepBound;
        var root = Node(0, 0, Order.Count, new NodeSums(word, Cover(0, Order.Count), -bound, bound));
        var leaves = 1;
        _search.Begin(_rules, columns);
        if (Splittable(root))
        {
            _search.Add(root, null, searchBuilt: true);
            _search.Run();
        }

        Sort(root);
        while (leaves < _options.LeafLimit && _open.Count > 0)
        {
            TakeBatch(_options.LeafLimit - leaves);
            leaves += _batch.Count;
            SplitBatch();
        }

        foreach (var node in _open)
            Keep(node);
        return _draft.Finish();
    }

    /// <summary>Depth-wise all open nodes of the least depth, of which the greatest gains stay when there are too many; leaf-wise the node of greatest gain.</summary>
    private void TakeBatch(int most)
    {
        _batch.Clear();
        _open.Sort((a, b) => a.Best.Gain != b.Best.Gain ? b.Best.Gain.CompareTo(a.Best.Gain) : a.Id.CompareTo(b.Id));
        var depth = _options.Growth == TreeGrowth.DepthWise ? _open.Min(node => node.Depth) : _open[0].Depth;
        var take = _options.Growth == TreeGrowth.DepthWise ? most : 1;
        for (var i = 0; i < _open.Count && _batch.Count < take; i++)
        {
            if (_open[i].Depth == depth)
                _batch.Add(_open[i]);
        }

        _open.RemoveAll(_batch.Contains);
    }

    private void SplitBatch()
    {
        Span<int> middles = _batch.Count <= 256 ? stackalloc int[_batch.Count] : new int[_batch.Count];
        Order.Part(_batch, middles);
        _children.Clear();
        for (var i = 0; i < _batch.Count; i++)
        {
            var (left, right) = Children(_batch[i], middles[i]);
            _children.Add((left, right));
            Queue(_batch[i], left, right);
        }

        _search.Run();
        foreach (var (left, right) in _children)
        {
            Sort(left);
            Sort(right);
        }
    }

    private (GrowingNode Left, GrowingNode Right) Children(GrowingNode node, int middle)
    {
        var split = node.Best;
        var sums = node.Sums;
        var rightWord = sums.Word - split.LeftWord;
        var (leftLower, leftUpper, rightLower, rightUpper) = (sums.Lower, sums.Upper, sums.Lower, sums.Upper);
        var column = _table.Used[split.Used];
        var parted = split.LastLeft < _table.Columns[column].Count - 1;
        if (parted && _options.IsMonotone && _options.Monotone[column] is var direction and not 0)
        {
            // Neither side may cross the middle, whatever is split below (the basic rule of XGBoost and LightGBM).
            var border = (_rules.Value(split.LeftWord, sums.Lower, sums.Upper) + _rules.Value(rightWord, sums.Lower, sums.Upper)) / 2;
            if (direction > 0)
                (leftUpper, rightLower) = (border, border);
            else
                (leftLower, rightUpper) = (border, border);
        }

        var left = Node(node.Depth + 1, node.Begin, middle, new NodeSums(split.LeftWord, Cover(node.Begin, middle), leftLower, leftUpper));
        var right = Node(node.Depth + 1, middle, node.End, new NodeSums(rightWord, Cover(middle, node.End), rightLower, rightUpper));
        _draft.Split(node.Id, split, column, _table.Columns[column], left.Id, right.Id);
        return (left, right);
    }

    /// <summary>Has the smaller child added up, if either is to be searched; the larger takes over the parent's histograms.</summary>
    private void Queue(GrowingNode parent, GrowingNode left, GrowingNode right)
    {
        var (small, large) = left.Rows <= right.Rows ? (left, right) : (right, left);
        var (searchSmall, searchLarge) = (Splittable(small), Splittable(large));
        if (searchLarge)
        {
            large.Histograms = parent.Histograms;
            parent.Histograms = null;
        }

        _layout.Return(parent);
        if (searchSmall || searchLarge)
            _search.Add(small, searchLarge ? large : null, searchSmall);
    }

    private bool Splittable(GrowingNode node) =>
        node.Depth < _options.MaxDepth
        && node.Rows >= 2
        && _rules.Curvature(node.Sums.Word) >= 2 * _rules.LeastCurvature(node.Sums);

    private GrowingNode Node(int depth, int begin, int end, in NodeSums sums)
    {
        var id = _draft.Add(sums.Rows);
        if (_nodes.Count == id)
            _nodes.Add(new GrowingNode());
        _nodes[id].Become(id, depth, begin, end, sums);
        return _nodes[id];
    }

    private void Sort(GrowingNode node)
    {
        if (node.Best.Exists)
            _open.Add(node);
        else
            Keep(node);
    }

    private void Keep(GrowingNode node)
    {
        _layout.Return(node);
        _draft.Set(node.Id, _options.LearningRate * _rules.Value(node.Sums.Word, node.Sums.Lower, node.Sums.Upper));
        Leaves.Add(node);
    }

    private double Cover(int begin, int end)
    {
        if (_weights is null)
            return end - begin;
        var cover = 0.0;
        foreach (var row in Order.Rows(begin, end))
            cover += _weights[row];
        return cover;
    }

    private long SumOf(ReadOnlySpan<int> rows)
    {
        var sum = 0L;
        foreach (var row in rows)
            sum += _pairs.Words[row];
        return sum;
    }
}
