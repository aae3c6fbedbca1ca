namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>How churn is predicted.</summary>
public sealed record ChurnOptions
{
    /// <summary>Horizons in days, the longest first; the first for which the history holds five is taken.</summary>
    public IReadOnlyList<int> HorizonLadder { get; init; } = [90, 60, 45, 30];

    /// <summary>Share of the gaps between order days that the proposed horizon is not shorter than, between 0 and 1.</summary>
    public double GapShare { get; init; } = 0.9;

    /// <summary>Gaps that are needed to propose a horizon by, at least 1.</summary>
    public int MinimumGaps { get; init; } = 100;

    /// <summary>Days of the shortest horizon that is proposed, at least 1.</summary>
    public int ShortestHorizonDays { get; init; } = 14;

    /// <summary>Days of the longest, at least those of the shortest.</summary>
    public int LongestHorizonDays { get; init; } = 365;

    /// <summary>Customers at risk that each of the three origins must have, at least 1.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>Ends of contracts within the plan's origins and horizons from which on contracts, not silence, tell who leaves; at least 1.</summary>
    public int MinimumEndings { get; init; } = 50;

    /// <summary>Coverage of the interval of the gain, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (HorizonLadder.Count == 0 || HorizonLadder.Any(days => days < 1) || !HorizonLadder.SequenceEqual(HorizonLadder.Distinct().OrderDescending()))
            faults.Add($"HorizonLadder is {string.Join(", ", HorizonLadder)}; it must hold days of at least 1, falling.");
        if (MinimumCustomers < 1)
            faults.Add($"MinimumCustomers is {MinimumCustomers}; it must be at least 1.");
        if (MinimumEndings < 1)
            faults.Add($"MinimumEndings is {MinimumEndings}; it must be at least 1.");
        if (!(GapShare is > 0 and < 1))
            faults.Add($"GapShare is {GapShare}; it must lie between 0 and 1.");
        if (MinimumGaps < 1)
            faults.Add($"MinimumGaps is {MinimumGaps}; it must be at least 1.");
        if (ShortestHorizonDays < 1)
            faults.Add($"ShortestHorizonDays is {ShortestHorizonDays}; it must be at least 1.");
        if (LongestHorizonDays < ShortestHorizonDays)
            faults.Add($"LongestHorizonDays is {LongestHorizonDays}; it must be at least ShortestHorizonDays, {ShortestHorizonDays}.");
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
