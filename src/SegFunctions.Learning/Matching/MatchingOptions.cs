namespace SegFunctions.Learning.Matching;

/// <summary>When a cluster counts as the one of the last run.</summary>
public sealed record MatchingOptions
{
    /// <summary>
    /// The Jaccard overlap from which two clusters may be one: members in both over members in either, of those that both runs
    /// have. 0 to 1; 0.3 as in Greene, Doyle &amp; Cunningham (Tracking the evolution of communities in dynamic social networks, 2010).
    /// </summary>
    public double MinimumOverlap { get; init; } = 0.3;

    /// <summary>A cluster with fewer shared members than this is compared by its centroid instead. At least 1.</summary>
    public int MinimumShared { get; init; } = 5;

    /// <summary>How far apart two centroids may lie where members cannot tell: root mean square over the columns, in standard deviations. Above 0.</summary>
    public double MaximumDistance { get; init; } = 0.5;

    /// <summary>What the overlap counts for in choosing among possible pairs; the rest is the nearness of the centroids. 0 to 1.</summary>
    public double OverlapWeight { get; init; } = 0.8;

    /// <summary>The share of a cluster from which a piece of it is a part, in splits and merges. Above 0, at most 0.5.</summary>
    public double PartShare { get; init; } = 0.25;

    /// <summary>The share of its members that must come from (or go to) the cluster a part belongs to. Above 0, at most 1.</summary>
    public double OriginShare { get; init; } = 0.5;

    /// <summary>Standard deviation of every column of the centroids; null where they are standardised already.</summary>
    public double[]? Scale { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (!(MinimumOverlap is >= 0 and <= 1))
            faults.Add($"MinimumOverlap is {MinimumOverlap}; it must be from 0 to 1.");
        if (MinimumShared < 1)
            faults.Add($"MinimumShared is {MinimumShared}; it must be at least 1.");
        if (!(MaximumDistance > 0 && double.IsFinite(MaximumDistance)))
            faults.Add($"MaximumDistance is {MaximumDistance}; it must be a finite number above 0.");
        if (!(OverlapWeight is >= 0 and <= 1))
            faults.Add($"OverlapWeight is {OverlapWeight}; it must be from 0 to 1.");
        if (!(PartShare is > 0 and <= 0.5))
            faults.Add($"PartShare is {PartShare}; it must be above 0 and at most 0.5.");
        if (!(OriginShare is > 0 and <= 1))
            faults.Add($"OriginShare is {OriginShare}; it must be above 0 and at most 1.");
        if (Scale is { } scale && !Array.TrueForAll(scale, value => value > 0 && double.IsFinite(value)))
            faults.Add("Scale holds a value that is not a finite number above 0; leave constant columns out of the centroids.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
