namespace SegFunctions.Learning.Evaluation.Leakage;

/// <summary>What counts as giving the outcome away.</summary>
public sealed record LeakageOptions
{
    /// <summary>A column whose AUC alone is at least this is a leak. Above 0.5 to 1.</summary>
    public double MinimumAuc { get; init; } = 0.985;

    /// <summary>With fewer rows of a class than this chance gives such an AUC too, so only a column without a single error (AUC 1) is a leak. At least 2.</summary>
    public int RowsOfEachClass { get; init; } = 25;

    /// <summary>With fewer rows of a class than this nothing is called a leak by its AUC. At least 2.</summary>
    public int FewestOfEachClass { get; init; } = 10;

    /// <summary>Folds in which rates of bins and levels are learned on other rows than they are measured on, at least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Nothing after this instant was known when the prediction had to be made; null to look at no dates.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>Columns known to be fine, by name: they are not looked at.</summary>
    public IReadOnlyCollection<string> Trusted { get; init; } = [];

    /// <summary>Decides the folds.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (!(MinimumAuc is > 0.5 and <= 1))
            faults.Add($"MinimumAuc is {MinimumAuc}; it must be above 0.5 and at most 1.");
        if (RowsOfEachClass < 2)
            faults.Add($"RowsOfEachClass is {RowsOfEachClass}; it must be at least 2.");
        if (FewestOfEachClass < 2)
            faults.Add($"FewestOfEachClass is {FewestOfEachClass}; it must be at least 2.");
        if (Folds < 2)
            faults.Add($"Folds is {Folds}; it must be at least 2.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
