namespace SegFunctions.Learning.Lifetime;

/// <summary>What is to be forecast.</summary>
public sealed record ForecastOptions
{
    /// <summary>Length of the future in the unit of the histories, finite, 0 or more.</summary>
    public double Horizon { get; init; } = 52;

    /// <summary>Discount a year: an order in a year's time is worth 1/(1 + this) of one now. 0 or more.</summary>
    public double AnnualDiscount { get; init; } = 0.10;

    /// <summary>Units of the histories in a year; weeks by default.</summary>
    public double UnitsPerYear { get; init; } = 365.25 / 7;

    /// <summary>Probability that an interval is meant to hold, between 0 and 1.</summary>
    public double Level { get; init; } = 0.9;

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (!(Horizon >= 0 && double.IsFinite(Horizon)))
            faults.Add($"Horizon is {Horizon}; it must be a finite number of 0 or more.");
        if (!(AnnualDiscount >= 0 && double.IsFinite(AnnualDiscount)))
            faults.Add($"AnnualDiscount is {AnnualDiscount}; it must be a finite number of 0 or more, such as 0.10 for 10 %.");
        if (!(UnitsPerYear > 0 && double.IsFinite(UnitsPerYear)))
            faults.Add($"UnitsPerYear is {UnitsPerYear}; it must be a finite number above 0.");
        if (!(Level > 0 && Level < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
