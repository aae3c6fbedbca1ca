using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>How customers are clustered.</summary>
public sealed record ClusterOptions
{
    /// <summary>Customers with an order that are needed, at least 2.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>How the clustering is chosen: at most 20 clusters, none below 10 customers or 1 %.</summary>
    public AutoClusteringOptions Choice { get; init; } = new();

    /// <summary>The finer groups inside the clusters: at most 50, so that all segments of a run change in one transaction of a table.</summary>
    public MicroSegmentOptions Micro { get; init; } = new() { Most = 50 };

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        if (MinimumCustomers < 2)
            throw new ArgumentException($"MinimumCustomers is {MinimumCustomers}; it must be at least 2.", "options");
    }
}
