namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// HDBSCAN* (Campello, Moulavi &amp; Sander 2013; Campello et al. 2015; McInnes &amp; Healy 2017), exact: clusters of any shape and of varying
/// density, rows in none of them as noise. The number of clusters is found.
/// </summary>
/// <remarks>
/// Euclidean distances: columns weigh as their units say. Rows are first brought into the order of their contents and equal ones
/// are merged, so the order of rows changes nothing but names. Where a cluster breaks into parts that are all below the minimum, all its
/// rows leave it at once, as in the papers and in the Python package hdbscan; R's dbscan lets each leave at its own core distance, which
/// lengthens the lives of the last clusters and now and then lets one split that stays whole here. With k = minPts − 1 the rest agrees with R's. Cost about O(n log n) in few dimensions, up to O(n² · d) in many;
/// memory beyond the data about 16 · columns + 300 bytes a row, no matrix of distances.
/// </remarks>
public static class Hdbscan
{
    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="progress">Told between the steps, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), columns so wide that distances overflow, or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between chunks of work.</exception>
    public static HdbscanModel Fit(Matrix rows, HdbscanOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        FitInput.Require(rows, cancellationToken);
        FitInput.RequireMeasurable(rows);

        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var distinct = DistinctRows.In(rows);
        var tree = KdTree.Over(distinct.Values, distinct.Columns);
        Tell("core distances", 0.05);
        var core = CoreDistances.Of(tree, distinct.Counts, options.Neighbours, team);
        Tell("spanning tree", 0.5);
        var edges = MutualReachabilityTree.Of(tree, core.Squared, core.Nearest, core.Kept, team, found => Tell("spanning tree", 0.5 + (0.4 * found / tree.Count)));
        edges = OfRows(edges, tree).Ascending();
        Tell("cluster tree", 0.95);
        return HdbscanResult.Of(distinct, tree, edges, OfRows(core.Squared, tree), options);

        void Tell(string step, double share)
        {
            progress?.Report(new ClusteringProgress(step, share));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static SpanningEdges OfRows(SpanningEdges edges, KdTree tree)
    {
        for (var edge = 0; edge < edges.Count; edge++)
            (edges.From[edge], edges.To[edge]) = (tree.Rows[edges.From[edge]], tree.Rows[edges.To[edge]]);
        return edges;
    }

    /// <summary>Core distances, no longer squared, in the order of the rows under the tree.</summary>
    private static double[] OfRows(double[] squared, KdTree tree)
    {
        var distances = new double[tree.Count];
        for (var slot = 0; slot < tree.Count; slot++)
            distances[tree.Rows[slot]] = Math.Sqrt(squared[slot]);
        return distances;
    }
}
