using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Choice;

/// <summary>
/// Whether the segments come back when half of the rows are left out (Hennig 2007). Settings that count rows are scaled to the rows that
/// are left: the same density must not fail for the numbers.
/// </summary>
internal static class SegmentStability
{
    private const int Replicates = 8;

    private const int MostRows = 1_000;

    private const int FewestRowsOfCluster = 4;

    /// <returns>For every segment its mean Jaccard similarity, 0 where no refit drew a row of it; and their mean over the rows.</returns>
    public static (double[] Segments, double Mean) Of(Matrix rows, CandidateFit winner, AutoClusteringOptions options, CancellationToken cancellationToken)
    {
        var drawn = Math.Min(rows.Rows / 2, MostRows);
        var stability = new StabilityOptions
        {
            Replicates = Replicates,
            Resampling = Resampling.Halves,
            SampleRows = Math.Max(drawn, 10),
            Seed = options.Seed,
            Threads = options.Threads,
        };
        var found = ClusterStability.Bootstrap(rows, winner.Model.Labels, Scaled(winner.Clustering, (double)drawn / rows.Rows), stability, cancellationToken);
        var segments = new double[winner.Model.Clusters];
        foreach (var one in found.Clusters)
            segments[one.Cluster] = double.IsFinite(one.Jaccard) ? one.Jaccard : 0;
        return (segments, found.Mean);
    }

    private static IClustering Scaled(IClustering clustering, double share) => clustering switch
    {
        // Centres that were given are left again: every refit must find them by itself.
        KMeansOptions means => means with { InitialCentroids = null, Starts = CandidateFits.Starts, Threads = 1 },
        HierarchicalOptions tree => tree with { Threads = 1 },
        DbscanOptions reach => reach with { MinimumPoints = Math.Max(2, (int)Math.Round(reach.MinimumPoints * share)), Threads = 1 },
        HdbscanOptions density => density with
        {
            MinimumClusterSize = Math.Max(FewestRowsOfCluster, (int)Math.Round(density.MinimumClusterSize * share)),
            MinimumSamples = Math.Max(2, (int)Math.Round((density.MinimumSamples ?? density.MinimumClusterSize) * Math.Sqrt(share))),
            Threads = 1,
        },
        _ => clustering,
    };
}
