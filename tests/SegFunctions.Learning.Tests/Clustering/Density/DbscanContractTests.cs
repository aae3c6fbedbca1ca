using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;

namespace SegFunctions.Learning.Tests.Clustering.Density;

public sealed class DbscanContractTests : ClusteringContract
{
    protected override (IClustering Options, string[] Named) Wrong =>
    (
        new DbscanOptions { Epsilon = double.NaN, MinimumPoints = 0, Threads = 0 },
        ["Epsilon", "MinimumPoints", "Threads"]
    );

    protected override IClustering Clustering(int groups, long seed, int? threads) =>
        new DbscanOptions { MinimumPoints = 8, Threads = threads };
}
