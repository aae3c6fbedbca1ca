using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class KMeansContractTests : ClusteringContract
{
    protected override (IClustering Options, string[] Named) Wrong =>
    (
        new KMeansOptions { Clusters = 0, Starts = -1, MaxIterations = 0, Tolerance = double.NaN, Threads = 0, Precision = (KMeansPrecision)7, InitialCentroids = Some.Normal(2, 2) },
        ["Clusters", "Starts", "MaxIterations", "Tolerance", "Threads", "Precision is 7", "InitialCentroids is 2 × 2; it must be 0 × 3"]
    );

    protected override IClustering Clustering(int groups, long seed, int? threads) =>
        new KMeansOptions { Clusters = groups, Starts = 3, Seed = seed, Threads = threads };

    protected override void PermutedRowsAgree(Matrix rows, IClusterModel model, Matrix permutedRows, IClusterModel permuted, int[] order) =>
        InertiaAgrees(rows, model, permutedRows, permuted);
}

public sealed class KMeansInSinglesContractTests : ClusteringContract
{
    protected override (IClustering Options, string[] Named) Wrong => (new KMeansOptions { Precision = (KMeansPrecision)(-1) }, ["Precision is -1; it must be Double or Single"]);

    protected override IClustering Clustering(int groups, long seed, int? threads) =>
        new KMeansOptions { Clusters = groups, Starts = 3, Seed = seed, Threads = threads, Precision = KMeansPrecision.Single };

    protected override void PermutedRowsAgree(Matrix rows, IClusterModel model, Matrix permutedRows, IClusterModel permuted, int[] order) =>
        InertiaAgrees(rows, model, permutedRows, permuted);
}
