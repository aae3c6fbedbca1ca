using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// DBSCAN (Ester, Kriegel, Sander &amp; Xu 1996; Schubert et al. 2017), exact: rows with enough neighbours within ε are core points, core points within ε of
/// each other share a cluster, other rows within ε of a core point lie at the border of its cluster, the rest is noise.
/// </summary>
/// <remarks>
/// Euclidean distances: columns weigh as their units say. A border row goes to the cluster of its <i>nearest</i> core point, among equally near ones
/// that of the least content, so the order of rows changes nothing but names; scikit-learn and R give it to the first cluster that reaches it, which is why
/// labels of border rows between two clusters may differ from theirs. Core points, clusters of core points and noise are the same. Cost about
/// O(n log n) in few dimensions, up to O(n² · d) in many; memory beyond the data about 24 · columns + 70 bytes a row. Loops on the way are
/// compiled with full optimisation at once, for a fit is over before the runtime would come back to them: the first of 100,000 × 2 rows in a
/// process takes half the time so, and later ones the same.
/// </remarks>
public static class Dbscan
{
    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="progress">Told between the steps, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), columns so wide that distances overflow, or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between chunks of work.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DbscanModel Fit(Matrix rows, DbscanOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        FitInput.Require(rows, cancellationToken);
        FitInput.RequireMeasurable(rows);

        using var team = new ChunkTeam(options.Threads, cancellationToken);
        var distinct = DistinctRows.In(rows);
        var tree = KdTree.Over(distinct.Values, distinct.Columns);
        Tell("neighbours", 0.1);
        var epsilon = options.Epsilon ?? EpsilonProposal.Of(distinct, tree, options.MinimumPoints, team).Epsilon;
        var count = new NeighbourCount(tree, distinct.Counts, epsilon * epsilon, options.MinimumPoints);
        count.Run(team);
        Tell("clusters", 0.6);
        var isCore = new bool[distinct.Count];
        for (var slot = 0; slot < tree.Count; slot++)
            isCore[tree.Rows[slot]] = count.Enough[slot];
        var cores = CorePoints.Of(distinct, isCore, epsilon, cancellationToken);
        Tell("border", 0.8);
        return Label(rows.Rows, distinct, isCore, cores, team);

        void Tell(string step, double share)
        {
            progress?.Report(new ClusteringProgress(step, share));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DbscanModel Label(int rows, DistinctRows distinct, bool[] isCore, CorePoints cores, ChunkTeam team)
    {
        var ofDistinct = new int[distinct.Count];
        var others = new List<int>();
        var core = 0;
        for (var row = 0; row < ofDistinct.Length; row++)
        {
            if (isCore[row])
                ofDistinct[row] = cores.Labels[core++];
            else
                others.Add(row);
        }

        var table = new Matrix(distinct.Count, distinct.Columns, distinct.Values).Take(CollectionsMarshal.AsSpan(others));
        var nearest = new NearestCore(table, cores, new int[table.Rows]);
        team.Run(nearest, nearest.Chunks.Count);
        for (var i = 0; i < table.Rows; i++)
            ofDistinct[others[i]] = nearest.Labels[i];

        var labels = new int[rows];
        var corePoints = new bool[rows];
        for (var row = 0; row < rows; row++)
            (labels[row], corePoints[row]) = (ofDistinct[distinct.Of[row]], isCore[distinct.Of[row]]);
        var order = ClusterOrder.BySize(labels, cores.Clusters);
        order.Renumber(labels);
        order.Renumber(cores.Labels);
        return new DbscanModel(cores, order.Sizes, labels, corePoints);
    }
}
