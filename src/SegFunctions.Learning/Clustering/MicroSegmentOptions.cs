namespace SegFunctions.Learning.Clustering;

/// <summary>How many micro-segments are wanted, and how small they may be.</summary>
public sealed record MicroSegmentOptions
{
    /// <summary>Micro-segments wanted at the least, 1 or more; fewer come back when the data has no room for them, and the model says so.</summary>
    public int Fewest { get; init; } = 20;

    /// <summary>Micro-segments at the most, <see cref="Fewest"/> or more.</summary>
    public int Most { get; init; } = 100;

    /// <summary>A micro-segment holds at least so many rows, 1 or more.</summary>
    public int SmallestCount { get; init; } = 10;

    /// <summary>A micro-segment holds at least this share of all segmented rows, 0 to 1: by default a quarter of what is asked of a main segment (1 %).</summary>
    public double SmallestShare { get; init; } = 0.0025;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (Fewest < 1)
            faults.Add($"Fewest is {Fewest}; it must be at least 1.");
        if (Most < Fewest)
            faults.Add($"Most is {Most}; it must be at least Fewest ({Fewest}).");
        if (SmallestCount < 1)
            faults.Add($"SmallestCount is {SmallestCount}; it must be at least 1.");
        if (!(SmallestShare is >= 0 and <= 1))
            faults.Add($"SmallestShare is {SmallestShare}; it must lie in 0 to 1.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
