namespace SegFunctions.Learning.Explanation;

/// <summary>A condition found by a tree: on a border between bins, or on the levels of bins.</summary>
/// <param name="Column">Position of the column.</param>
/// <param name="Border">Position of the border, for numbers.</param>
/// <param name="LevelBins">Bins of the levels named, for categories.</param>
internal sealed record RuleSplit(int Column, RuleComparison Comparison, int Border = -1, byte[]? LevelBins = null);

/// <summary>
/// A classification tree that tells one cluster from all other rows (Breiman, Friedman, Olshen &amp; Stone, Classification and
/// Regression Trees, 1984), grown level by level on binned columns by the Gini index, and of which one path is wanted: the node,
/// inner ones included, whose rows are the cluster's with the best F1.
/// </summary>
/// <remarks>
/// Departures: a row whose value is missing meets no condition on it and leaves the tree; "is missing" is a split of its own;
/// of categories at most three are named, those where the cluster is most or least frequent.
/// </remarks>
internal sealed class RuleTree
{
    private const int MostLevels = 3;
    private const byte Left = 255;

    private readonly IReadOnlyList<BinnedColumn> _columns;
    private readonly int[] _slots;
    private readonly int _cluster;
    private readonly int _size;
    private readonly double _weight;
    private readonly byte[] _nodeOf;

    private RuleTree(IReadOnlyList<BinnedColumn> columns, int[] slots, int cluster, int size, double weight)
    {
        _columns = columns;
        _slots = slots;
        _cluster = cluster;
        _size = size;
        _weight = weight;
        _nodeOf = new byte[slots.Length];
    }

    /// <summary>The conditions on the way to the best node; empty when no split helps.</summary>
    /// <param name="weight">How many rows each member counts for: above 1, a small cluster weighs against the many others (altered priors, ibid. § 4.4).</param>
    public static IReadOnlyList<RuleSplit> BestPath(IReadOnlyList<BinnedColumn> columns, int[] slots, int cluster, int size, double weight, int depth, CancellationToken cancellationToken) =>
        new RuleTree(columns, slots, cluster, size, weight).Grow(depth, cancellationToken);

    private IReadOnlyList<RuleSplit> Grow(int depth, CancellationToken cancellationToken)
    {
        List<Node> level = [new Node([], _slots.Length, _size)];
        IReadOnlyList<RuleSplit> best = [];
        var bestF1 = 0.0;
        for (var step = 0; step < depth && level.Count > 0; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FindSplits(level);
            level = Divide(level);
            foreach (var node in level)
            {
                var f1 = 2.0 * node.Members / (node.Rows + _size);
                if (f1 > bestF1)
                    (best, bestF1) = (node.Path, f1);
            }
        }

        return best;
    }

    private void FindSplits(List<Node> level)
    {
        // Per node and bin: all rows, then members.
        var counts = new int[level.Count * BinnedColumn.Bins * 2];
        for (var column = 0; column < _columns.Count; column++)
        {
            Array.Clear(counts);
            Count(_columns[column].OfRow, counts);
            for (var node = 0; node < level.Count; node++)
            {
                var own = counts.AsSpan(node * BinnedColumn.Bins * 2, BinnedColumn.Bins * 2);
                if (_columns[column].IsNumeric)
                    TryBorders(level[node], column, own);
                else
                    TryLevels(level[node], column, own);
                TryMissing(level[node], column, own);
            }
        }
    }

    private void Count(byte[] bins, int[] counts)
    {
        var nodes = _nodeOf;
        var slots = _slots;
        for (var row = 0; row < nodes.Length; row++)
        {
            if (nodes[row] == Left)
                continue;
            var at = ((nodes[row] * BinnedColumn.Bins) + bins[row]) * 2;
            counts[at]++;
            if (slots[row] == _cluster)
                counts[at + 1]++;
        }
    }

    private void TryBorders(Node node, int column, ReadOnlySpan<int> counts)
    {
        var (rows, members) = (0, 0);
        for (var border = 0; border < _columns[column].Borders.Length; border++)
        {
            rows += counts[(border + 1) * 2];
            members += counts[((border + 1) * 2) + 1];
            if (rows == 0 || rows == node.Rows - counts[0])
                continue;
            var impurity = Divided(node, rows, members, counts);
            if (impurity < node.Impurity)
                node.Take(impurity, new RuleSplit(column, RuleComparison.Below, border), new RuleSplit(column, RuleComparison.AtLeast, border));
        }
    }

    private void TryLevels(Node node, int column, ReadOnlySpan<int> counts)
    {
        var bins = new List<(byte Bin, int Rows, int Members)>();
        for (var bin = 1; bin < BinnedColumn.OtherLevels; bin++)
        {
            if (counts[bin * 2] > 0)
                bins.Add(((byte)bin, counts[bin * 2], counts[(bin * 2) + 1]));
        }

        // For two classes the best of all subsets is among these prefixes (ibid. § 4.2.2).
        bins.Sort((a, b) => ((long)b.Members * a.Rows).CompareTo((long)a.Members * b.Rows) is var byShare && byShare != 0 ? byShare : a.Bin.CompareTo(b.Bin));
        TryPrefixes(node, column, counts, bins);
        bins.Reverse();
        TryPrefixes(node, column, counts, bins);
    }

    private void TryPrefixes(Node node, int column, ReadOnlySpan<int> counts, List<(byte Bin, int Rows, int Members)> bins)
    {
        var (rows, members) = (0, 0);
        for (var taken = 0; taken < Math.Min(MostLevels, bins.Count); taken++)
        {
            rows += bins[taken].Rows;
            members += bins[taken].Members;
            if (rows == node.Rows - counts[0])
                return;
            var impurity = Divided(node, rows, members, counts);
            if (impurity < node.Impurity)
            {
                byte[] named = [.. bins.Take(taken + 1).Select(bin => bin.Bin).Order()];
                node.Take(impurity, new RuleSplit(column, RuleComparison.OneOf, LevelBins: named), new RuleSplit(column, RuleComparison.NoneOf, LevelBins: named));
            }
        }
    }

    private void TryMissing(Node node, int column, ReadOnlySpan<int> counts)
    {
        if (counts[0] == 0 || counts[0] == node.Rows)
            return;
        var impurity = Impurity(counts[0], counts[1]) + Impurity(node.Rows - counts[0], node.Members - counts[1]);
        if (impurity < node.Impurity)
            node.Take(impurity, new RuleSplit(column, RuleComparison.Unknown), new RuleSplit(column, RuleComparison.Known));
    }

    /// <summary>Impurity after a split. Rows without a value meet neither side; they count with the one that leaves less in doubt.</summary>
    private double Divided(Node node, int rows, int members, ReadOnlySpan<int> counts)
    {
        var (restRows, restMembers) = (node.Rows - counts[0] - rows, node.Members - counts[1] - members);
        if (counts[0] == 0)
            return Impurity(rows, members) + Impurity(restRows, restMembers);
        return Math.Min(
            Impurity(rows + counts[0], members + counts[1]) + Impurity(restRows, restMembers),
            Impurity(rows, members) + Impurity(restRows + counts[0], restMembers + counts[1]));
    }

    /// <summary>Gini's index times the weight of the rows, over two.</summary>
    private double Impurity(int rows, int members)
    {
        var own = members * _weight;
        double others = rows - members;
        return own + others > 0 ? own * others / (own + others) : 0;
    }

    private List<Node> Divide(List<Node> level)
    {
        var next = new List<Node>();
        var children = new (byte First, byte Second)[level.Count];
        for (var node = 0; node < level.Count; node++)
        {
            children[node] = (Left, Left);
            if (level[node].First is not { } first || level[node].Second is not { } second)
                continue;
            children[node] = ((byte)next.Count, (byte)(next.Count + 1));
            next.Add(new Node([.. level[node].Path, first], 0, 0));
            next.Add(new Node([.. level[node].Path, second], 0, 0));
        }

        var meets = level.Select(node => node.First is { } first ? Table(first) : []).ToArray();
        var bins = level.Select(node => node.First is { } first ? _columns[first.Column].OfRow : []).ToArray();
        for (var row = 0; row < _nodeOf.Length; row++)
        {
            var node = _nodeOf[row];
            if (node == Left)
                continue;
            var child = bins[node].Length == 0 ? Left : meets[node][bins[node][row]] switch
            {
                1 => children[node].First,
                2 => children[node].Second,
                _ => Left,
            };
            _nodeOf[row] = child;
            if (child != Left)
                next[child].Count(_slots[row] == _cluster);
        }

        foreach (var node in next)
            node.Impurity = Impurity(node.Rows, node.Members);
        return next;
    }

    /// <summary>For every bin: 1 if it meets the split, 2 if it meets the opposite, 0 if neither.</summary>
    private static byte[] Table(RuleSplit split)
    {
        var table = new byte[BinnedColumn.Bins];
        table[0] = (byte)(split.Comparison == RuleComparison.Unknown ? 1 : 0);
        for (var bin = 1; bin < table.Length; bin++)
        {
            var meets = split.Comparison switch
            {
                RuleComparison.Below => bin <= split.Border + 1,
                RuleComparison.OneOf => Array.IndexOf(split.LevelBins!, (byte)bin) >= 0,
                _ => false,
            };
            table[bin] = (byte)(meets ? 1 : 2);
        }

        return table;
    }

    private sealed class Node(RuleSplit[] path, int rows, int members)
    {
        public RuleSplit[] Path { get; } = path;

        public int Rows { get; private set; } = rows;

        public int Members { get; private set; } = members;

        /// <summary>Of the best split so far; of the node itself before one is found.</summary>
        public double Impurity { get; set; } = double.PositiveInfinity;

        public RuleSplit? First { get; private set; }

        public RuleSplit? Second { get; private set; }

        public void Take(double impurity, RuleSplit first, RuleSplit second) => (Impurity, First, Second) = (impurity, first, second);

        public void Count(bool member)
        {
            Rows++;
            Members += member ? 1 : 0;
        }
    }
}
