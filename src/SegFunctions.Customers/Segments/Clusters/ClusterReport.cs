using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Matching;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>What clustering found, and how sure it is.</summary>
public sealed record ClusterReport
{
    /// <summary>The decision in words; without clusters, why there are none.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Customers with an order, who were clustered.</summary>
    public required int Customers { get; init; }

    /// <summary>How far the clusters are to be trusted.</summary>
    public ChoiceConfidence Confidence { get; init; }

    /// <summary>Of the clusters; null without.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Mean silhouette of the clusters found, on a sample; null without.</summary>
    public double? Silhouette { get; init; }

    /// <summary>Customers who are like no cluster.</summary>
    public int InNoCluster { get; init; }

    /// <summary>Every clustering that was tried, the best first.</summary>
    public IReadOnlyList<ClusterCandidate> Candidates { get; init; } = [];

    /// <summary>The clusters, largest first; empty when there are none.</summary>
    public IReadOnlyList<ClusterProfile> Clusters { get; init; } = [];

    /// <summary>The finer groups inside the clusters.</summary>
    public MicroReport Micro { get; init; } = MicroReport.None;

    /// <summary>Clusters that came, went, split or merged since the last run, one sentence each.</summary>
    public IReadOnlyList<Bilingual> Changes { get; init; } = [];

    /// <summary>What the next run recognises the clusters by.</summary>
    public PublishedClusters Published { get; init; } = PublishedClusters.None;

    /// <summary>What was done to each feature before clustering, one sentence each.</summary>
    public IReadOnlyList<Bilingual> Preparation { get; init; } = [];
}
