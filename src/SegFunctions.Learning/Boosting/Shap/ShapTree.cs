namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>An inner node as the kernels read it.</summary>
/// <param name="Feature">Column that the node asks about.</param>
/// <param name="Threshold">Numbers up to this go left.</param>
/// <param name="Categories">Position of the set of codes that go left; −1 where the threshold decides.</param>
/// <param name="MissingLeft">Where rows without the value go, if the threshold decides.</param>
/// <param name="Left">Position of the left child among the inner nodes, or the complement (~) of its position among the leaves.</param>
/// <param name="Right">The same of the right child.</param>
/// <param name="LeftShare">Share of the node's training rows, by cover, that went left.</param>
/// <param name="Above">The nearest node above that asks about the same column, as 2 · position, plus 1 where the path goes right there; −1 if there is none.</param>
/// <param name="Bit">How many other columns the path asks about before it first asks about this one.</param>
internal readonly record struct ShapNode(
    int Feature, double Threshold, int Categories, bool MissingLeft, int Left, int Right, double LeftShare, int Above, int Bit);

/// <summary>A tree laid out for explanation: inner nodes alone, parents before children; and what leaves know of their paths.</summary>
internal sealed class ShapTree
{
    private readonly List<ShapNode> _nodes = [];
    private readonly List<double> _leaves = [];
    private readonly List<int[]> _paths = [];
    private readonly List<ulong[]> _sets = [];

    private ShapTree(RegressionTree tree)
    {
        Expected = Add(tree, 0, []);
        CategorySets = [.. _sets];
        Nodes = [.. _nodes];
        Leaves = [.. _leaves];
        Paths = [.. _paths];
        MostColumns = Paths.Max(path => path.Length);
    }

    public ShapNode[] Nodes { get; }

    /// <summary>Outputs of the leaves.</summary>
    public double[] Leaves { get; }

    /// <summary>The different columns on the path to every leaf, in the order in which they are first asked about.</summary>
    public int[][] Paths { get; }

    /// <summary>The most columns on any path.</summary>
    public int MostColumns { get; }

    /// <summary>Mean output, by cover.</summary>
    public double Expected { get; }

    /// <summary>Bit c of word c / 64 is set when code c goes left; one more word says the same of all codes beyond, and of missing values.</summary>
    public ulong[][] CategorySets { get; }

    public static ShapTree Of(RegressionTree tree) => new(tree);

    /// <summary>Adds a node with all below it, and returns its mean output.</summary>
    /// <param name="path">For every column asked about so far: the node that did so last, as in <see cref="ShapNode.Above"/>.</param>
    private double Add(RegressionTree tree, int node, (int Feature, int Above)[] path)
    {
        var feature = tree.Feature[node];
        if (feature < 0)
        {
            _leaves.Add(tree.Value[node]);
            _paths.Add([.. path.Select(step => step.Feature)]);
            return tree.Value[node];
        }

        var (left, right) = (tree.Left[node], tree.Right[node]);
        var cover = tree.Cover[left] + tree.Cover[right];
        var share = cover > 0 ? tree.Cover[left] / cover : 0.5;
        var bit = Array.FindIndex(path, step => step.Feature == feature);
        var above = bit < 0 ? -1 : path[bit].Above;
        if (bit < 0)
        {
            bit = path.Length;
            path = [.. path, default];
        }

        var position = _nodes.Count;
        _nodes.Add(default);
        var (leftAt, leftMean) = AddChild(left, 2 * position);
        var (rightAt, rightMean) = AddChild(right, (2 * position) + 1);
        _nodes[position] = new ShapNode(feature, tree.Threshold[node], AddSet(tree, node), tree.MissingLeft[node], leftAt, rightAt, share, above, bit);
        return (share * leftMean) + ((1 - share) * rightMean);

        (int At, double Mean) AddChild(int child, int reached)
        {
            var at = tree.Feature[child] < 0 ? ~_leaves.Count : _nodes.Count;
            var below = path.ToArray();
            below[bit] = (feature, reached);
            return (at, Add(tree, child, below));
        }
    }

    private int AddSet(RegressionTree tree, int node)
    {
        if (tree.Categories[node] < 0)
            return -1;
        _sets.Add([.. tree.CategorySets[tree.Categories[node]], tree.MissingLeft[node] ? ulong.MaxValue : 0]);
        return _sets.Count - 1;
    }
}
