using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;

namespace SegFunctions.Learning.Tests.Clustering.Density;

public sealed class HdbscanContractTests : ClusteringContract
{
    protected override (IClustering Options, string[] Named) Wrong =>
    (
        new HdbscanOptions { MinimumClusterSize = 1, MinimumSamples = 0, Selection = (ClusterSelection)7, ClusterSelectionEpsilon = double.NaN, Threads = 0 },
        ["MinimumClusterSize", "MinimumSamples", "Selection", "ClusterSelectionEpsilon", "Threads"]
    );

    protected override IClustering Clustering(int groups, long seed, int? threads) =>
        new HdbscanOptions { MinimumClusterSize = 12, MinimumSamples = 4, Threads = threads };
}
