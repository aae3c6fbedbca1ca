namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>How rows are merged, and where the tree is cut: by <see cref="Clusters"/> or by <see cref="Height"/>, exactly one of them.</summary>
public sealed record HierarchicalOptions : IClustering
{
    /// <summary>As reports and stored models write Ward's linkage.</summary>
    public const string WardName = "ward";

    /// <summary>As reports and stored models write the other linkages.</summary>
    public const string Name = "hierarchical";

    /// <summary>What is merged first.</summary>
    public Linkage Linkage { get; init; } = Linkage.Ward;

    /// <summary>Clusters wanted, at least 1. Fewer come back when the data has fewer distinct rows.</summary>
    public int? Clusters { get; init; }

    /// <summary>Merges up to and including this height are made, 0 or more, in the units of the data.</summary>
    public double? Height { get; init; }

    /// <summary>Up to this many rows the result is exact; more are first gathered into <see cref="MicroClusters"/>. At least 1; time grows with its square.</summary>
    public int ExactRows { get; init; } = 30_000;

    /// <summary>
    /// Average and complete linkage keep the distance of every pair of distinct rows, 8 bytes each. Where that needs more bytes than
    /// this (16,384 rows fill the default), rows are gathered as beyond <see cref="ExactRows"/>. At least what <see cref="MicroClusters"/> take. Ward's and single linkage keep no such table.
    /// </summary>
    public long MaxMatrixBytes { get; init; } = 1L << 30;

    /// <summary>How many small groups to gather rows into when there are too many to be exact, 2 to <see cref="ExactRows"/>.</summary>
    public int MicroClusters { get; init; } = 2_000;

    /// <summary>Decides which rows the micro-clusters grow from; exact results do not draw.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    /// <inheritdoc/>
    public string Algorithm => NameOf(Linkage);

    /// <inheritdoc/>
    public IClusterModel Fit(Matrix rows, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Agglomerative.Fit(rows, this, progress, cancellationToken);

    internal static string NameOf(Linkage linkage) => linkage == Linkage.Ward ? WardName : Name;

    internal void Validate()
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(Linkage))
            faults.Add($"Linkage is {Linkage}; it must be Ward, Average, Complete or Single.");
        if (Clusters is null == Height is null)
            faults.Add($"Clusters is {Clusters?.ToString() ?? "not set"} and Height is {Height?.ToString() ?? "not set"}; set exactly one of them to say where the tree is cut.");
        if (Clusters < 1)
            faults.Add($"Clusters is {Clusters}; it must be at least 1.");
        if (Height is { } height && !(height >= 0))
            faults.Add($"Height is {height}; it must be 0 or more.");
        if (ExactRows < 1)
            faults.Add($"ExactRows is {ExactRows}; it must be at least 1.");
        if (MicroClusters < 2 || MicroClusters > Math.Max(2, ExactRows))
            faults.Add($"MicroClusters is {MicroClusters}; it must lie in 2 to ExactRows ({ExactRows}).");
        if (Linkage is Linkage.Average or Linkage.Complete && !DistanceTable.Fits(MicroClusters, MaxMatrixBytes))
            faults.Add($"MaxMatrixBytes is {MaxMatrixBytes}; the distances between {MicroClusters} micro-clusters take {DistanceTable.Bytes(MicroClusters)} bytes, so raise it or lower MicroClusters.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
