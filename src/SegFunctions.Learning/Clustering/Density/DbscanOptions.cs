namespace SegFunctions.Learning.Clustering.Density;

/// <summary>How DBSCAN runs.</summary>
public sealed record DbscanOptions : IClustering
{
    internal const string Name = "dbscan";

    /// <summary>Greatest distance between neighbours, in the units of the data, above 0; null for the one <see cref="EpsilonProposal"/> reads off the data.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Rows within <see cref="Epsilon"/> that make a row a core point, the row itself counted, at least 1 (R's minPts, scikit-learn's min_samples).</summary>
    public int MinimumPoints { get; init; } = 5;

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    /// <inheritdoc/>
    public string Algorithm => Name;

    /// <inheritdoc/>
    public IClusterModel Fit(Matrix rows, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Dbscan.Fit(rows, this, progress, cancellationToken);

    internal void Validate()
    {
        var faults = new List<string>();
        if (Epsilon is { } epsilon && !(epsilon > 0 && double.IsFinite(epsilon)))
            faults.Add($"Epsilon is {epsilon}; it must be a finite number above 0, or null for a proposal.");
        if (MinimumPoints < 1)
            faults.Add($"MinimumPoints is {MinimumPoints}; it must be at least 1.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
