namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>What the path-dependent kernel writes on the way, with room for the largest tree.</summary>
internal sealed class PathScratch : ShapScratch
{
    public PathScratch(int features, int outputs, IEnumerable<PathTree> trees)
        : base(features, outputs)
    {
        var (nodes, vectors) = (0, 0);
        foreach (var tree in trees)
        {
            nodes = Math.Max(nodes, tree.Tree.Nodes.Length);
            // One more, that leaves share.
            vectors = Math.Max(vectors, (tree.Tree.Nodes.Length + 1) * tree.Points);
        }

        Known = new LaneBuffer(2 * nodes);
        Reached = new LaneBuffer(vectors);
        Means = new LaneBuffer(vectors);
    }

    /// <summary>By node and side: whether the row's own way leads there as far as the node's column has a say.</summary>
    public LaneBuffer Known { get; }

    /// <summary>By node and point: probability of getting there, times the point's weight.</summary>
    public LaneBuffer Reached { get; }

    /// <summary>By node and point: on the way down the probability of going left, on the way up the mean output from there on.</summary>
    public LaneBuffer Means { get; }
}
