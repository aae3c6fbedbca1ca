namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>A tree with what the path-dependent kernel needs at every node and quadrature point.</summary>
/// <remarks>
/// Let a column be known with probability t, and let a row follow its own way where the column is known and the training rows' ways,
/// by cover, where it is not. Along a path that has asked about the column before and has kept a share Z of the training rows there,
/// it is known at the next question with probability b = t / g, g = Z (1 − t) + t, and the row goes left with probability
/// LeftShare · (1 − b) + (own way is left) · b. The slope of b in the column's own t is Z / g².
/// </remarks>
internal sealed class PathTree
{
    private PathTree(ShapTree tree, int points, double[] weights, double[] constants) =>
        (Tree, Points, Weights, Constants) = (tree, points, weights, constants);

    public ShapTree Tree { get; }

    /// <summary>Quadrature points: half as many as there are columns on the longest path, which makes the integral exact.</summary>
    public int Points { get; }

    /// <summary>Weights of the points.</summary>
    public double[] Weights { get; }

    /// <summary>
    /// For every node: the probability of going left when the column is known to lead elsewhere; then, each for all points, the probability of
    /// going left for rows that go right, the same for rows that go left, and the slope.
    /// </summary>
    public double[] Constants { get; }

    public static PathTree Of(ShapTree tree)
    {
        // The integrand has degree columns − 1; n points integrate degree 2n − 1.
        var points = Math.Max(1, (tree.MostColumns + 1) / 2);
        var (nodes, weights) = GaussLegendre.Of(points);
        var stride = 1 + (3 * points);
        var constants = new double[tree.Nodes.Length * stride];
        var kept = new double[2 * tree.Nodes.Length];
        for (var i = 0; i < tree.Nodes.Length; i++)
        {
            var node = tree.Nodes[i];
            var before = node.Above < 0 ? 1 : kept[node.Above];
            kept[2 * i] = before * node.LeftShare;
            kept[(2 * i) + 1] = before * (1 - node.LeftShare);
            var own = constants.AsSpan(i * stride, stride);
            own[0] = node.LeftShare;
            for (var point = 0; point < points; point++)
            {
                var t = nodes[point];
                var g = (before * (1 - t)) + t;
                var unknown = node.LeftShare * before * (1 - t) / g;
                own[1 + point] = unknown;
                own[1 + points + point] = unknown + (t / g);
                own[1 + (2 * points) + point] = before / (g * g);
            }
        }

        return new PathTree(tree, points, weights, constants);
    }
}
