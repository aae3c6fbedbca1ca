using SegFunctions.Learning.Clustering;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>How customers are clustered.</summary>
public sealed record ClusterOptions
{
    /// <summary>Customers with an order that are needed, at least 2.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>Silhouette below which groups overlap so much that membership would mean nothing, −1 to 1.</summary>
    public double MinimumSilhouette { get; init; } = 0.1;

    /// <summary>How the number of clusters is chosen: 2 to 10, none below 2 % of the customers.</summary>
    public ClusterCountOptions Count { get; init; } = new();

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (MinimumCustomers < 2)
            faults.Add($"MinimumCustomers is {MinimumCustomers}; it must be at least 2.");
        if (!(MinimumSilhouette is >= -1 and <= 1))
            faults.Add($"MinimumSilhouette is {MinimumSilhouette}; it must lie in -1 to 1.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
