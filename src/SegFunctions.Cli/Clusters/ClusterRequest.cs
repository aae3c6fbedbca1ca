using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Cli.Clusters;

/// <summary>What <c>cluster</c> was asked to do; null where the algorithm's own default holds.</summary>
internal sealed record ClusterRequest
{
    public required string File { get; init; }

    /// <summary>Header or 1-based position of the column of ids.</summary>
    public string? Id { get; init; }

    public required ClusterAlgorithm Algorithm { get; init; }

    public required PrepareMode Prepare { get; init; }

    public int? Clusters { get; init; }

    public double? Epsilon { get; init; }

    public int? MinimumPoints { get; init; }

    public int? MinimumClusterSize { get; init; }

    public int? MinimumSamples { get; init; }

    public Linkage? Linkage { get; init; }

    public double? Height { get; init; }

    public int? Starts { get; init; }

    public int? MinimumSize { get; init; }

    public int? MaximumSegments { get; init; }

    public long Seed { get; init; }

    /// <summary>Refuses options that the algorithm does not take, and values out of range; all faults at once.</summary>
    /// <exception cref="UsageException">There are some.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        OnlyFor("--k", Clusters, ClusterAlgorithm.KMeans, ClusterAlgorithm.MiniBatch, ClusterAlgorithm.Ward, ClusterAlgorithm.Hierarchical);
        OnlyFor("--eps", Epsilon, ClusterAlgorithm.Dbscan);
        OnlyFor("--min-points", MinimumPoints, ClusterAlgorithm.Dbscan);
        OnlyFor("--min-cluster-size", MinimumClusterSize, ClusterAlgorithm.Hdbscan);
        OnlyFor("--min-samples", MinimumSamples, ClusterAlgorithm.Hdbscan);
        OnlyFor("--linkage", Linkage, ClusterAlgorithm.Hierarchical);
        OnlyFor("--height", Height, ClusterAlgorithm.Ward, ClusterAlgorithm.Hierarchical);
        OnlyFor("--starts", Starts, ClusterAlgorithm.KMeans, ClusterAlgorithm.MiniBatch);
        OnlyFor("--min-size", MinimumSize, ClusterAlgorithm.Auto);
        OnlyFor("--max-segments", MaximumSegments, ClusterAlgorithm.Auto, ClusterAlgorithm.KMeans, ClusterAlgorithm.MiniBatch, ClusterAlgorithm.Ward, ClusterAlgorithm.Hierarchical);
        AtLeast("--k", Clusters, 1);
        AtLeast("--min-points", MinimumPoints, 1);
        AtLeast("--min-cluster-size", MinimumClusterSize, 2);
        AtLeast("--min-samples", MinimumSamples, 1);
        AtLeast("--starts", Starts, 1);
        AtLeast("--min-size", MinimumSize, 1);
        AtLeast("--max-segments", MaximumSegments, 2);
        if (Epsilon is { } epsilon && !(epsilon > 0 && double.IsFinite(epsilon)))
            faults.Add($"--eps {epsilon} must be a number above 0.");
        if (Height is { } height && !(height >= 0 && double.IsFinite(height)))
            faults.Add($"--height {height} must be a number of 0 or more.");
        if (Clusters is not null && Height is not null)
            faults.Add("--k and --height both say where to cut; give one of them.");
        if (faults.Count > 0)
            throw new UsageException(string.Join(Environment.NewLine, faults));

        void OnlyFor<T>(string option, T? value, params ReadOnlySpan<ClusterAlgorithm> algorithms)
            where T : struct
        {
            if (value is not null && !algorithms.Contains(Algorithm))
                faults.Add($"{option} belongs to --algorithm {string.Join(" or ", algorithms.ToArray().Select(ClusterAlgorithms.NameOf))}, not to {ClusterAlgorithms.NameOf(Algorithm)}.");
        }

        void AtLeast(string option, int? value, int least)
        {
            if (value < least)
                faults.Add($"{option} {value} must be at least {least}.");
        }
    }
}
