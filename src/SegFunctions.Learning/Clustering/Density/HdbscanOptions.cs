namespace SegFunctions.Learning.Clustering.Density;

/// <summary>How HDBSCAN* runs.</summary>
public sealed record HdbscanOptions : IClustering
{
    internal const string Name = "hdbscan";

    /// <summary>The least rows that make a cluster, at least 2.</summary>
    public int MinimumClusterSize { get; init; } = 5;

    /// <summary>
    /// A row's core distance is the distance to its k-th nearest <i>other</i> row, k = this, at least 1; null for
    /// <see cref="MinimumClusterSize"/>. So counts the Python package hdbscan (0.8.33: min_samples = k); R's dbscan and scikit-learn's own
    /// HDBSCAN count the row itself (minPts, min_samples = k + 1). Where there are fewer others, the farthest counts.
    /// </summary>
    public int? MinimumSamples { get; init; }

    public ClusterSelection Selection { get; init; } = ClusterSelection.ExcessOfMass;

    /// <summary>
    /// Whether the whole table may be one cluster. When that one is chosen, every row is a member (with
    /// <see cref="ClusterSelectionEpsilon"/>: every row that leaves it within that distance), and probabilities tell the core from the edge.
    /// </summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>Clusters that only split below this distance stay together (Malzer &amp; Baum 2020); in the units of the data, 0 for none.</summary>
    public double ClusterSelectionEpsilon { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    /// <inheritdoc/>
    public string Algorithm => Name;

    internal int Neighbours => MinimumSamples ?? MinimumClusterSize;

    /// <inheritdoc/>
    public IClusterModel Fit(Matrix rows, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Hdbscan.Fit(rows, this, progress, cancellationToken);

    internal void Validate()
    {
        var faults = new List<string>();
        if (MinimumClusterSize < 2)
            faults.Add($"MinimumClusterSize is {MinimumClusterSize}; it must be at least 2.");
        if (MinimumSamples < 1)
            faults.Add($"MinimumSamples is {MinimumSamples}; it must be at least 1, or null for MinimumClusterSize.");
        if (!Enum.IsDefined(Selection))
            faults.Add($"Selection is {Selection}; it must be ExcessOfMass or Leaf.");
        if (!(ClusterSelectionEpsilon >= 0 && double.IsFinite(ClusterSelectionEpsilon)))
            faults.Add($"ClusterSelectionEpsilon is {ClusterSelectionEpsilon}; it must be a finite number of 0 or more.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
