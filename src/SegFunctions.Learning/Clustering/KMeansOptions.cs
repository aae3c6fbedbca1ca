namespace SegFunctions.Learning.Clustering;

/// <summary>How k-means runs.</summary>
public sealed record KMeansOptions : IClustering
{
    /// <summary>As reports and stored models write it.</summary>
    public const string Name = "kmeans";

    /// <inheritdoc/>
    public string Algorithm => Name;

    /// <summary>Clusters wanted, at least 1. Fewer come back when the data has fewer distinct rows.</summary>
    public int Clusters { get; init; } = 8;

    /// <summary>Independent k-means++ starts, at least 1; the one of least inertia wins, the earliest among equals.</summary>
    public int Starts { get; init; } = 10;

    /// <summary>Lloyd passes a start, at least 1.</summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>
    /// A start ends when the summed squared shift of the centres falls to this share of the mean column variance (scikit-learn's
    /// rule), or earlier when no row changes its cluster. 0 or more.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>How exactly distances are compared while the centres move.</summary>
    public KMeansPrecision Precision { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    /// <summary>Centres to begin with, shape (clusters × columns), instead of k-means++; then there is one start.</summary>
    public Matrix? InitialCentroids { get; init; }

    /// <inheritdoc/>
    public IClusterModel Fit(Matrix rows, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default) =>
        KMeans.Fit(rows, this, progress, cancellationToken);

    internal void Validate(int columns)
    {
        var faults = new List<string>();
        if (Clusters < 1)
            faults.Add($"Clusters is {Clusters}; it must be at least 1.");
        if (Starts < 1)
            faults.Add($"Starts is {Starts}; it must be at least 1.");
        if (MaxIterations < 1)
            faults.Add($"MaxIterations is {MaxIterations}; it must be at least 1.");
        if (!(Tolerance >= 0 && double.IsFinite(Tolerance)))
            faults.Add($"Tolerance is {Tolerance}; it must be a finite number of 0 or more.");
        if (!Enum.IsDefined(Precision))
            faults.Add($"Precision is {Precision}; it must be Double or Single.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (InitialCentroids is { } centroids && (centroids.Rows != Clusters || centroids.Columns != columns))
            faults.Add($"InitialCentroids is {centroids.Rows} × {centroids.Columns}; it must be {Clusters} × {columns}.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
        InitialCentroids?.RequireFinite(nameof(InitialCentroids));
    }
}
