namespace SegFunctions.Learning.Linear;

/// <summary>How a logistic regression is fitted.</summary>
public sealed record LogisticOptions
{
    /// <summary>
    /// Penalty on the coefficients of the standardised columns, 0 or more; the intercept is free. The objective is
    /// Σ weight · loss + L2/2 · ‖β‖², so L2 is scikit-learn's 1/C on a standardised table.
    /// </summary>
    public double L2 { get; init; } = 1;

    /// <summary>Newton steps, at least 1.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Converged when half of the Newton decrement falls to this share of the total weight; above 0.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (!(L2 >= 0 && double.IsFinite(L2)))
            faults.Add($"L2 is {L2}; it must be a finite number of 0 or more.");
        if (MaxIterations < 1)
            faults.Add($"MaxIterations is {MaxIterations}; it must be at least 1.");
        if (!(Tolerance > 0))
            faults.Add($"Tolerance is {Tolerance}; it must be above 0.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
