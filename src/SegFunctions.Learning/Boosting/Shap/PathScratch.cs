namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>What the path-dependent kernel writes on the way, with room for the largest tree.</summary>
internal sealed class PathScratch : ShapScratch
{
    public PathScratch(int features, int outputs, IEnumerable<PathTree> trees)
        : base(features, outputs)
    {
        var nodes = 1;
        var points = 1;
        foreach (var tree in trees)
        {
            nodes = Math.Max(nodes, tree.Tree.Nodes.Length);
            points = Math.Max(points, tree.Tree.Nodes.Length * tree.Points);
        }

        Known = new LaneBuffer(2 * nodes);
        Reached = new LaneBuffer(points);
        GoesLeft = new LaneBuffer(points);
        Means = new LaneBuffer(points);
    }

    /// <summary>By node and side: whether the row's own way leads there as far as the node's column has a say.</summary>
    public LaneBuffer Known { get; }

    /// <summary>By node and point: probability of getting there, times the point's weight.</summary>
    public LaneBuffer Reached { get; }

    /// <summary>By node and point: probability of going left from there.</summary>
    public LaneBuffer GoesLeft { get; }

    /// <summary>By node and point: mean output from there on.</summary>
    public LaneBuffer Means { get; }
}
