using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Choice;

/// <summary>How the clustering is chosen.</summary>
public sealed record AutoClusteringOptions : IClustering
{
    /// <summary>As commands and reports write it. The model that comes back bears the name of the algorithm that won.</summary>
    public const string Name = "auto";

    /// <inheritdoc/>
    public string Algorithm => Name;

    /// <summary>Most segments that are useful, 2 to <see cref="MostSegmentsAllowed"/>.</summary>
    public int MaxSegments { get; init; } = 20;

    /// <summary>Rows the smallest segment must hold, at least 1; null for the greater of 10 and one in a hundred.</summary>
    public int? MinimumSize { get; init; }

    /// <summary>Larger tables are judged on a uniform sample of this many rows, at least 100; the result says so.</summary>
    public int ChoiceRows { get; init; } = 5_000;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The segment every row was in at the last choice, −1 for none, <see cref="WasNotThere"/> for a new row; null for no last choice. Where
    /// the rows leave the choice open, those segments are kept: docs/clustering.md, <i>From one choice to the next</i>.
    /// </summary>
    public IReadOnlyList<int>? EarlierLabels { get; init; }

    /// <summary>In <see cref="EarlierLabels"/>, a row that the last choice did not see.</summary>
    public const int WasNotThere = -2;

    internal const int MostSegmentsAllowed = 100;

    /// <inheritdoc/>
    /// <remarks>Where nothing is worth choosing, the one segment that holds everybody: k-means with one centre. <see cref="AutoClustering.Choose"/> tells the two apart.</remarks>
    public IClusterModel Fit(Matrix rows, IProgress<ClusteringProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var result = AutoClustering.Choose(rows, this, progress, cancellationToken);
        return result.Model ?? KMeans.Fit(rows, new KMeansOptions { Clusters = 1, Starts = 1, Seed = Seed, Threads = Threads }, progress: null, cancellationToken);
    }

    /// <summary>Rows the smallest segment of a table must hold.</summary>
    internal int SmallestSize(int rows) => MinimumSize ?? Math.Max(10, (int)Math.Ceiling(rows / 100.0));

    internal void Validate(int rows)
    {
        var faults = new List<string>();
        if (MaxSegments is < 2 or > MostSegmentsAllowed)
            faults.Add($"MaxSegments is {MaxSegments}; it must lie in 2 to {MostSegmentsAllowed}.");
        if (MinimumSize < 1)
            faults.Add($"MinimumSize is {MinimumSize}; it must be at least 1, or null for the greater of 10 and one in a hundred.");
        if (ChoiceRows < 100)
            faults.Add($"ChoiceRows is {ChoiceRows}; it must be at least 100.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (EarlierLabels is { } earlier && earlier.Count != rows)
            faults.Add($"EarlierLabels has {earlier.Count} labels; it must have one for each of the {rows} rows.");
        if (EarlierLabels?.FirstOrDefault(label => label < WasNotThere, WasNotThere) is { } label and < WasNotThere)
            faults.Add($"EarlierLabels holds {label}; labels go from 0, with {IClusterModel.Noise} for none and {WasNotThere} for a new row.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
