namespace SegFunctions.Learning.Calibration;

/// <summary>How a calibration is chosen.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Whether scores are log-odds, which could be believed as they are. When not, <see cref="CalibrationMethod.None"/> and <see cref="CalibrationMethod.Beta"/> are not tried.</summary>
    public bool ScoresAreLogOdds { get; init; } = true;

    /// <summary>Folds of the comparison, at least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Isotonic regression is tried only with at least this many rows of each class: with fewer it follows noise.</summary>
    public int IsotonicRowsOfEachClass { get; init; } = 100;

    /// <summary>
    /// A method that needs more rows must lower the log-loss by more than this many standard errors of the paired difference; 0 or more. Half of one
    /// did best over seven true shapes and 200 to 8,000 rows: at 1 wrong scores are too often left alone, at 0 right ones too seldom.
    /// </summary>
    public double StandardErrors { get; init; } = 0.5;

    /// <summary>Decides the folds.</summary>
    public long Seed { get; init; } = 1;

    internal void Validate()
    {
        var faults = new List<string>();
        if (Folds < 2)
            faults.Add($"Folds is {Folds}; it must be at least 2.");
        if (IsotonicRowsOfEachClass < 1)
            faults.Add($"IsotonicRowsOfEachClass is {IsotonicRowsOfEachClass}; it must be at least 1.");
        if (!(StandardErrors >= 0))
            faults.Add($"StandardErrors is {StandardErrors}; it must be 0 or more.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
