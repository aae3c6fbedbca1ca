namespace SegFunctions.Learning.Clustering.Density;

/// <summary>What a fitted HDBSCAN* keeps of its training rows to place new ones among them; every array by distinct row.</summary>
internal sealed class KnownRows
{
    /// <param name="core">Core distances.</param>
    /// <param name="clusters">The deepest cluster of the condensed tree that held the row.</param>
    /// <param name="lambdas">λ at which the row left it.</param>
    /// <param name="labels">The row's label.</param>
    public KnownRows(double[] values, int columns, int[] counts, KdTree tree, double[] core, int[] clusters, double[] lambdas, int[] labels)
    {
        Values = values;
        Columns = columns;
        Counts = counts;
        Tree = tree;
        Core = core;
        Clusters = clusters;
        Lambdas = lambdas;
        Labels = labels;
        var squared = new double[tree.Slots];
        for (var slot = 0; slot < tree.Count; slot++)
            squared[slot] = core[tree.Rows[slot]] * core[tree.Rows[slot]];
        Edges = new EdgeSearch(tree, squared, new double[tree.Nodes], [], []);
    }

    public KnownRows(DistinctRows rows, KdTree tree, double[] core, int[] clusters, double[] lambdas, int[] labels)
        : this(rows.Values, rows.Columns, rows.Counts, tree, core, clusters, lambdas, labels)
    {
    }

    /// <summary>The same rows in clusters of other numbers.</summary>
    public KnownRows With(int[] labels) => new(Values, Columns, Counts, Tree, Core, Clusters, Lambdas, labels);

    public double[] Values { get; }

    public int Columns { get; }

    public int[] Counts { get; }

    public KdTree Tree { get; }

    public double[] Core { get; }

    public int[] Clusters { get; }

    public double[] Lambdas { get; }

    public int[] Labels { get; }

    /// <summary>For the edges of new rows, which are of no part.</summary>
    public EdgeSearch Edges { get; }
}
