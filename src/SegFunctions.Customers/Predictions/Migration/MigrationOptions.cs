namespace SegFunctions.Customers.Predictions.Migration;

/// <summary>How moves between segments are learned.</summary>
public sealed record MigrationOptions
{
    /// <summary>Customers that each of the two intervals must have, at least 1.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>Coverage of the interval of the gain, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Decides the resampling behind the interval: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (MinimumCustomers < 1)
            faults.Add($"MinimumCustomers is {MinimumCustomers}; it must be at least 1.");
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
