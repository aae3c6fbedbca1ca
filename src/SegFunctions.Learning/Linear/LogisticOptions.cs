namespace SegFunctions.Learning.Linear;

/// <summary>How a logistic regression is fitted.</summary>
public sealed record LogisticOptions
{
    /// <summary>
    /// Penalty on the squared coefficients of the scaled columns, 0 or more; the intercept is free. The objective is
    /// Σ weight · loss + L2/2 · ‖β‖² + L1 · ‖β‖₁, so without L1 it is scikit-learn's 1/C on a standardised table.
    /// </summary>
    public double L2 { get; init; } = 1;

    /// <summary>Penalty on the absolute coefficients of the scaled columns, 0 or more: above 0, coefficients become exactly 0. An elastic net of C and ratio r is L1 = r/C and L2 = (1 − r)/C.</summary>
    public double L1 { get; init; }

    public ColumnScaling Scaling { get; init; }

    /// <summary>Every positive row weighs this many times, above 0; negatives ÷ positives balances the classes (and calls for calibration).</summary>
    public double PositiveWeight { get; init; } = 1;

    public LogisticSolver Solver { get; init; }

    /// <summary>Steps at most, at least 1.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Converged when the fall of the objective that a Newton step promises is at most this share of the total weight; above 0.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (!(L2 >= 0 && double.IsFinite(L2)))
            faults.Add($"L2 is {L2}; it must be a finite number of 0 or more.");
        if (!(L1 >= 0 && double.IsFinite(L1)))
            faults.Add($"L1 is {L1}; it must be a finite number of 0 or more.");
        if (!Enum.IsDefined(Scaling))
            faults.Add($"Scaling is {(int)Scaling}, which is no way of scaling.");
        if (!(PositiveWeight > 0 && double.IsFinite(PositiveWeight)))
            faults.Add($"PositiveWeight is {PositiveWeight}; it must be a finite number above 0.");
        if (!Enum.IsDefined(Solver))
            faults.Add($"Solver is {(int)Solver}, which is no solver.");
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
