namespace SegFunctions.Learning.Choice;

/// <summary>Which rows lie like noise, judged apart from what a candidate calls so.</summary>
/// <param name="Missed">Share of the rows that lie like noise and are not called so.</param>
/// <param name="Invented">Share of the rows that are called noise and do not lie like it, beyond those that may well be: half of all noise lies among others.</param>
internal readonly record struct NoiseEvidence(double Missed, double Invented)
{
    /// <summary>A row lies like noise when its 4 nearest are as far as those of 2 in 100 rows of a Gaussian cloud, and then some.</summary>
    private const int Neighbour = 3;
    private const double Quantile98 = 2.0537489106318225;
    private const double Margin = 0.35;

    /// <summary>Below this many rows a segment's own dimension cannot be told.</summary>
    private const int RowsForDimension = 40;

    private const int DimensionScale = 4;

    public double Error => Missed + Invented;

    /// <param name="labels">From 0; noise below.</param>
    /// <param name="filled">The same with every row in its nearest segment.</param>
    public static NoiseEvidence Of(NeighbourGraph graph, int[] labels, int[] filled, int segments)
    {
        var (missed, confirmed, called) = (0, 0, 0);
        var neighbour = Math.Min(Neighbour, graph.Most - 1);
        foreach (var rows in Valleys.Members(filled, segments))
        {
            var dimension = Dimension(graph, rows);
            var reaches = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                reaches[i] = graph.LogReach[(rows[i] * graph.Most) + neighbour];
            var sorted = reaches.ToArray();
            Array.Sort(sorted);
            var median = Quantile.OfSorted(sorted, 0.5);
            var bound = ((ChiSquared(dimension, Quantile98) - ChiSquared(dimension, 0)) / 2) + Margin;
            for (var i = 0; i < rows.Length; i++)
            {
                var lonely = dimension * (reaches[i] - median) > bound;
                var noise = labels[rows[i]] < 0;
                called += noise ? 1 : 0;
                confirmed += noise && lonely ? 1 : 0;
                missed += lonely && !noise ? 1 : 0;
            }
        }

        var invented = Math.Max(0, called - confirmed - (missed + confirmed));
        return new NoiseEvidence((double)missed / labels.Length, (double)invented / labels.Length);
    }

    private static double Dimension(NeighbourGraph graph, int[] rows)
    {
        if (rows.Length <= RowsForDimension)
            return graph.Columns;
        var inverse = 0.0;
        foreach (var row in rows)
            inverse += graph.InverseDimension[DimensionScale][row];
        return Math.Min(graph.Columns, 1 / Math.Max(inverse / rows.Length, 1e-3));
    }

    /// <summary>Wilson and Hilferty's quantile (1931), for any degrees of freedom from about 1.</summary>
    private static double ChiSquared(double freedom, double z)
    {
        var part = 2 / (9 * freedom);
        var root = Math.Max(0, 1 - part + (z * Math.Sqrt(part)));
        return freedom * root * root * root;
    }
}
