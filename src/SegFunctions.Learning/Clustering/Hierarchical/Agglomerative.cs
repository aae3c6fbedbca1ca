using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Agglomerative clustering: every distinct row is a cluster, and the two nearest are merged until one is left. Exact for Ward's,
/// average, complete and single linkage of Euclidean distances, up to <see cref="HierarchicalOptions.ExactRows"/>; beyond, micro-clusters
/// are merged and the model says so.
/// </summary>
/// <remarks>
/// Columns weigh as their units say: scale them first (<c>Preparation.TablePreparation</c>). Cost O(n² · d). Memory beyond the data: Ward
/// about 12 bytes a value, single 8, average and complete 4 n² bytes for the distances of all pairs.
/// Rows are taken in the order of their content, which decides ties: permuted rows give the same heights to the last bit, and the
/// same clusters. The same data, options and seed give the same bytes on any number of threads.
/// </remarks>
public static class Agglomerative
{
    /// <summary>Share of the work that gathering takes, where there are too many rows.</summary>
    private const double GatheringShare = 0.8;

    /// <param name="rows">Shape (n × d), n ≥ 1, finite.</param>
    /// <param name="progress">Told some fifty times, on the calling thread.</param>
    /// <exception cref="ArgumentException">No rows, a value that is not finite (row and column named), or options out of range (all listed).</exception>
    /// <exception cref="OperationCanceledException">Cancelled between merges.</exception>
    public static HierarchicalModel Fit(Matrix rows, HierarchicalOptions options, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        FitInput.Require(rows, cancellationToken);

        var leaves = Leaves.Of(rows);
        var distinct = rows.Rows <= options.ExactRows ? DistinctRows.In(rows) : null;
        if (WhyNotExact(rows, distinct, options) is { } reason)
        {
            progress?.Report(new ClusteringProgress("gathering rows into micro-clusters", 0));
            cancellationToken.ThrowIfCancellationRequested();
            leaves = MicroLeaves.Of(rows, options, reason, cancellationToken);
            distinct = DistinctRows.In(leaves.Rows);
        }

        var points = ScaledPoints.Of(distinct!);
        var merges = new MergeList(distinct!.Count);
        var telling = new MergeProgress(distinct.Count - 1, progress, leaves.Micro is null ? 0 : GatheringShare, cancellationToken);
        // One row, or equal ones, leave nothing to merge, but something to tell.
        telling.Made(0);
        using (var team = new ChunkTeam(options.Threads, cancellationToken))
            Merge(points.Values, distinct.Weights(leaves.Weights), options.Linkage, team, merges, telling);
        var dendrogram = merges.ToDendrogram(distinct, leaves.Weights, points.Exponent);
        var groups = options.Clusters is { } clusters ? dendrogram.GroupsByCount(clusters) : dendrogram.GroupsByHeight(options.Height!.Value);
        return new HierarchicalModel(leaves, options.Linkage, dendrogram, groups);
    }

    private static void Merge(Matrix points, int[] weights, Linkage linkage, ChunkTeam team, MergeList merges, MergeProgress progress)
    {
        switch (linkage)
        {
            case Linkage.Ward:
                new WardChain(points, weights, team).Run(merges, progress);
                break;
            case Linkage.Single:
                new SpanningTree(points, team).Run(merges, progress);
                break;
            default:
                new TableChain(points, weights, linkage, team).Run(merges, progress);
                break;
        }
    }

    /// <param name="distinct">Null when there are too many rows to look.</param>
    private static Bilingual? WhyNotExact(Matrix rows, DistinctRows? distinct, HierarchicalOptions options)
    {
        if (distinct is null)
        {
            var found = Wording.Number((double)rows.Rows);
            var allowed = Wording.Number((double)options.ExactRows);
            return new Bilingual(
                $"{found.En} rows are more than the {allowed.En} that are merged one by one.",
                $"{found.Fr} lignes dépassent les {allowed.Fr} qui sont fusionnées une à une.");
        }

        if (options.Linkage is Linkage.Ward or Linkage.Single || DistanceTable.Fits(distinct.Count, options.MaxMatrixBytes))
            return null;
        var kept = Wording.Number((double)distinct.Count);
        var needed = Wording.Number((double)DistanceTable.Bytes(distinct.Count));
        var limit = Wording.Number((double)options.MaxMatrixBytes);
        return new Bilingual(
            $"The distances between {kept.En} rows take {needed.En} bytes, more than the {limit.En} allowed.",
            $"Les distances entre {kept.Fr} lignes occupent {needed.Fr} octets, plus que les {limit.Fr} permis.");
    }
}
