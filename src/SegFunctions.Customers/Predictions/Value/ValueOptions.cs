namespace SegFunctions.Customers.Predictions.Value;

/// <summary>How the value of customers is predicted.</summary>
public sealed record ValueOptions
{
    /// <summary>Days over which orders are expected and value is summed, at least 1.</summary>
    public int ValueDays { get; init; } = 365;

    /// <summary>What money loses in value in a year, 0 or more.</summary>
    public double AnnualDiscount { get; init; } = 0.10;

    /// <summary>Probability that a customer's interval of value is meant to hold, between 0 and 1.</summary>
    public double IntervalLevel { get; init; } = 0.9;

    /// <summary>Customers with a purchase that the measurement needs, at least 1.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>Coverage of the interval of a gain, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Decides the resampling behind the interval: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>At most so many threads; null for one per processor. The result does not depend on it.</summary>
    public int? Threads { get; init; }

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (ValueDays < 1)
            faults.Add($"ValueDays is {ValueDays}; it must be at least 1.");
        if (!(AnnualDiscount >= 0 && double.IsFinite(AnnualDiscount)))
            faults.Add($"AnnualDiscount is {AnnualDiscount}; it must be a finite number of 0 or more.");
        if (!(IntervalLevel is > 0 and < 1))
            faults.Add($"IntervalLevel is {IntervalLevel}; it must lie between 0 and 1.");
        if (MinimumCustomers < 1)
            faults.Add($"MinimumCustomers is {MinimumCustomers}; it must be at least 1.");
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
