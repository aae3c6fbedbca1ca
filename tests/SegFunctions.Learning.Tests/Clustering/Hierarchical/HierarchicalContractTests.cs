using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Hierarchical;

namespace SegFunctions.Learning.Tests.Clustering.Hierarchical;

public abstract class HierarchicalContract(Linkage linkage) : ClusteringContract
{
    protected override (IClustering Options, string[] Named) Wrong =>
    (
        new HierarchicalOptions { Linkage = (Linkage)9, Clusters = 0, Height = double.NaN, ExactRows = 0, MicroClusters = 1, Threads = 0 },
        ["Linkage", "set exactly one", "Clusters is 0; it must", "Height is NaN; it must", "ExactRows", "MicroClusters", "Threads"]
    );

    protected override IClustering Clustering(int groups, long seed, int? threads) =>
        new HierarchicalOptions { Linkage = linkage, Clusters = groups, Seed = seed, Threads = threads };
}

public sealed class WardContractTests() : HierarchicalContract(Linkage.Ward);

public sealed class AverageContractTests() : HierarchicalContract(Linkage.Average);

public sealed class CompleteContractTests() : HierarchicalContract(Linkage.Complete);

public sealed class SingleContractTests() : HierarchicalContract(Linkage.Single);

/// <summary>Ward's linkage of more rows than are merged one by one.</summary>
public sealed class MicroClustersContractTests() : HierarchicalContract(Linkage.Ward)
{
    protected override IClustering Clustering(int groups, long seed, int? threads) =>
        new HierarchicalOptions { Clusters = groups, Seed = seed, Threads = threads, ExactRows = 200, MicroClusters = 100 };
}
