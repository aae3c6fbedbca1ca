namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>How churn is predicted.</summary>
public sealed record ChurnOptions
{
    /// <summary>Horizons in days, the longest first; the first for which the history holds five is taken.</summary>
    public IReadOnlyList<int> HorizonLadder { get; init; } = [90, 60, 45, 30];

    /// <summary>Customers at risk that each of the three origins must have, at least 1.</summary>
    public int MinimumCustomers { get; init; } = 50;

    /// <summary>Penalty of the logistic regression (<see cref="Learning.Linear.LogisticOptions.L2"/>), above 0.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>Coverage of the interval of the gain, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Decides the resampling behind the interval: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <exception cref="ArgumentException">Values out of range; all are listed.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (HorizonLadder.Count == 0 || HorizonLadder.Any(days => days < 1) || !HorizonLadder.SequenceEqual(HorizonLadder.Distinct().OrderDescending()))
            faults.Add($"HorizonLadder is {string.Join(", ", HorizonLadder)}; it must hold days of at least 1, falling.");
        if (MinimumCustomers < 1)
            faults.Add($"MinimumCustomers is {MinimumCustomers}; it must be at least 1.");
        if (!(L2 > 0 && double.IsFinite(L2)))
            faults.Add($"L2 is {L2}; it must be a finite number above 0.");
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
