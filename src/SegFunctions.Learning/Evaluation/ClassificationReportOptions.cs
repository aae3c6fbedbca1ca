namespace SegFunctions.Learning.Evaluation;

/// <summary>What a <see cref="ClassificationReport"/> holds and how its intervals are made.</summary>
public sealed record ClassificationReportOptions
{
    /// <summary>Shares of the rows, from the highest probability down, at which lift and gain are told; each above 0 to 1.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [0.01, 0.05, 0.1, 0.2];

    /// <summary>Bins of equal mass of the reliability curve, at least 1.</summary>
    public int Bins { get; init; } = 10;

    /// <summary>Costs and values, for expected profit; null for none.</summary>
    public ProfitTerms? Profit { get; init; }

    /// <summary>Coverage of the intervals, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Resamples for the intervals, 0 for none (lower and upper ends are then NaN), else at least 100.</summary>
    public int Resamples { get; init; } = 500;

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        foreach (var share in Shares)
        {
            if (!(share is > 0 and <= 1))
                faults.Add($"Shares holds {share}; each must be above 0 and at most 1.");
        }

        if (Bins < 1)
            faults.Add($"Bins is {Bins}; it must be at least 1.");
        Profit?.Validate(faults);
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it lies between 0 and 1, as 0.95.");
        if (Resamples != 0 && Resamples < 100)
            faults.Add($"Resamples is {Resamples}; it must be 0 or at least 100.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
