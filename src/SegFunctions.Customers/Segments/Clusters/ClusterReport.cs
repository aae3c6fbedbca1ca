using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>What clustering found, and how sure it is.</summary>
public sealed record ClusterReport
{
    /// <summary>The decision in words; without clusters, why there are none.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Customers with an order, who were clustered.</summary>
    public required int Customers { get; init; }

    /// <summary>Mean silhouette of the clusters found; null without.</summary>
    public double? Silhouette { get; init; }

    /// <summary>
    /// What the silhouette says, by the table of Kaufman &amp; Rousseeuw (Finding Groups in Data, 1990, table 4): <c>strong</c> above
    /// 0.7, <c>reasonable</c> above 0.5, <c>weak</c> above 0.25, else <c>none</c>: useful for marketing, not a fact of nature.
    /// </summary>
    public string Structure { get; init; } = "none";

    /// <summary>Every number of clusters that was tried.</summary>
    public IReadOnlyList<ClusterTrial> Trials { get; init; } = [];

    /// <summary>The clusters, largest first; empty when there are none.</summary>
    public IReadOnlyList<ClusterProfile> Clusters { get; init; } = [];

    /// <summary>What was done to each feature before clustering, one sentence each.</summary>
    public IReadOnlyList<string> Preparation { get; init; } = [];
}

/// <summary>A number of clusters that was tried.</summary>
/// <param name="Silhouette">Null when there is none.</param>
/// <param name="SmallestShare">Share of the customers in the smallest cluster.</param>
/// <param name="Reason">Why it won or lost.</param>
public sealed record ClusterTrial(int Clusters, double? Silhouette, double SmallestShare, bool Chosen, string Reason);
