namespace SegFunctions.Learning.Clustering;

/// <summary>How mini-batch k-means runs.</summary>
public sealed record MiniBatchKMeansOptions : IClustering
{
    /// <summary>As reports and stored models write it.</summary>
    public const string Name = "minibatch";

    /// <inheritdoc/>
    public string Algorithm => Name;

    /// <summary>Clusters wanted, at least 1. Fewer come back when the data has fewer distinct rows.</summary>
    public int Clusters { get; init; } = 8;

    /// <summary>Rows a step, at least 1. Rows are drawn with replacement.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Independent k-means++ starts on the sample that the first centres come from, at least 1; on a table of up to ten batches never fewer than k-means takes by itself.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>Steps end at the latest when so many times the table's number of rows has been drawn, at least 1.</summary>
    public int MaxPasses { get; init; } = 100;

    /// <summary>Steps end when the smoothed inertia of the batches has not fallen for so many steps in a row, at least 1.</summary>
    public int MaxNoImprovement { get; init; } = 10;

    /// <summary>Centres that have met less than this share of the rows of the busiest one are put to a row of the batch, 0 to 1; 0 for never.</summary>
    public double ReassignBelow { get; init; } = 0.01;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    /// <inheritdoc/>
    public IClusterModel Fit(Matrix rows, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default) =>
        MiniBatchKMeans.Fit(rows, this, progress, cancellationToken);

    internal void Validate()
    {
        var faults = new List<string>();
        if (Clusters < 1)
            faults.Add($"Clusters is {Clusters}; it must be at least 1.");
        if (BatchSize < 1)
            faults.Add($"BatchSize is {BatchSize}; it must be at least 1.");
        if (Starts < 1)
            faults.Add($"Starts is {Starts}; it must be at least 1.");
        if (MaxPasses < 1)
            faults.Add($"MaxPasses is {MaxPasses}; it must be at least 1.");
        if (MaxNoImprovement < 1)
            faults.Add($"MaxNoImprovement is {MaxNoImprovement}; it must be at least 1.");
        if (!(ReassignBelow is >= 0 and <= 1))
            faults.Add($"ReassignBelow is {ReassignBelow}; it must lie in 0 to 1.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
