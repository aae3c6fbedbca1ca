using SegFunctions.Learning.Choice;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>How customers are clustered.</summary>
public sealed record ClusterOptions
{
    /// <summary>Customers with an order that are needed, at least 2.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>How the clustering is chosen: at most 20 clusters, none below 10 customers or 1 %.</summary>
    public AutoClusteringOptions Choice { get; init; } = new();

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        if (MinimumCustomers < 2)
            throw new ArgumentException($"MinimumCustomers is {MinimumCustomers}; it must be at least 2.", "options");
    }
}
