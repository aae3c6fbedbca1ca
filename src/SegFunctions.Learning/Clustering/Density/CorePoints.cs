using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>The distinct core points of a table and their clusters: all that labels a row.</summary>
internal sealed class CorePoints
{
    public CorePoints(double[] values, int columns, int[] labels, int clusters, double epsilon)
        : this(values, columns, labels.Length == 0 ? null : KdTree.Over(values, columns), labels, clusters, epsilon)
    {
    }

    private CorePoints(double[] values, int columns, KdTree? tree, int[] labels, int clusters, double epsilon)
    {
        Values = values;
        Columns = columns;
        Tree = tree;
        Labels = labels;
        Clusters = clusters;
        Epsilon = epsilon;
    }

    /// <summary>Shape (core points × columns).</summary>
    public double[] Values { get; }

    public int Columns { get; }

    /// <summary>Over <see cref="Values"/>; null when there are none.</summary>
    public KdTree? Tree { get; }

    /// <summary>The cluster of each core point.</summary>
    public int[] Labels { get; }

    public int Clusters { get; }

    public double Epsilon { get; }

    /// <summary>The same points in clusters of other numbers.</summary>
    public CorePoints With(int[] labels) => new(Values, Columns, Tree, labels, Clusters, Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static CorePoints Of(DistinctRows rows, bool[] isCore, double epsilon, CancellationToken cancellationToken)
    {
        var count = isCore.AsSpan().Count(true);
        if (count == 0)
            return new CorePoints([], rows.Columns, null, [], 0, epsilon);
        var values = new double[count * rows.Columns];
        var next = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (isCore[row])
                rows.Values.AsSpan(row * rows.Columns, rows.Columns).CopyTo(values.AsSpan(next++ * rows.Columns));
        }

        var tree = KdTree.Over(values, rows.Columns);
        var parts = ReachableParts.Of(tree, epsilon * epsilon, cancellationToken);
        var clusterOfPart = new int[count];
        var clusters = 0;
        var labels = new int[count];
        for (var slot = 0; slot < count; slot++)
        {
            // A part is named by its lowest slot, which comes first.
            if (parts[slot] == slot)
                clusterOfPart[slot] = clusters++;
            labels[tree.Rows[slot]] = clusterOfPart[parts[slot]];
        }

        return new CorePoints(values, rows.Columns, tree, labels, clusters, epsilon);
    }
}
