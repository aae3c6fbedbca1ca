namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>How lifetime value is learned and told.</summary>
public sealed record LifetimeOptions
{
    /// <summary>Days from the as-of date that expected orders and value cover, at least 1.</summary>
    public int HorizonDays { get; init; } = 365;

    /// <summary>What a year takes off the value of an order; 0 or more.</summary>
    public double AnnualDiscount { get; init; } = 0.10;

    /// <summary>Probability that a customer's interval is meant to hold, between 0 and 1.</summary>
    public double Level { get; init; } = 0.9;

    /// <summary>Coverage of the interval of the gain over the naive forecast, between 0 and 1.</summary>
    public double GainLevel { get; init; } = 0.95;

    /// <summary>Customers that a check needs, at least 1.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>Days of history that a check needs, at least 14; a third of the history, at most the horizon, is held out.</summary>
    public int MinimumHistoryDays { get; init; } = 84;

    /// <summary>Decides the draws of the gain's interval.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (HorizonDays < 1)
            faults.Add($"HorizonDays is {HorizonDays}; it must be at least 1.");
        if (!(AnnualDiscount >= 0 && double.IsFinite(AnnualDiscount)))
            faults.Add($"AnnualDiscount is {AnnualDiscount}; it must be a finite number of 0 or more, such as 0.10 for 10 %.");
        if (!(Level > 0 && Level < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (!(GainLevel > 0 && GainLevel < 1))
            faults.Add($"GainLevel is {GainLevel}; it must lie between 0 and 1.");
        if (MinimumCustomers < 1)
            faults.Add($"MinimumCustomers is {MinimumCustomers}; it must be at least 1.");
        if (MinimumHistoryDays < 14)
            faults.Add($"MinimumHistoryDays is {MinimumHistoryDays}; it must be at least 14.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
