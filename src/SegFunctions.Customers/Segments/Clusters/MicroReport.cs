using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Matching;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>The finer groups inside the clusters.</summary>
public sealed record MicroReport
{
    /// <summary>No groups: there are no clusters for them to lie in.</summary>
    public static MicroReport None { get; } = new();

    /// <summary>Cluster by cluster in their order, the larger groups first.</summary>
    public IReadOnlyList<ClusterProfile> Segments { get; init; } = [];

    /// <summary>Why there are fewer than wanted, or that some clusters are one group each; null where there is nothing to say.</summary>
    public Bilingual? Note { get; init; }

    /// <summary>What the next run recognises the groups by.</summary>
    public PublishedClusters Published { get; init; } = PublishedClusters.None;
}
