namespace SegFunctions.Learning.Preparation;

/// <summary>How columns are brought to one scale.</summary>
public sealed record ColumnScalerOptions
{
    /// <summary>Columns without negative values and with a greater skewness than this are taken as log(1 + x), where that lowers the skewness.</summary>
    public double LogAboveSkewness { get; init; } = 1;

    /// <summary>Values farther than this many scale units from the median are set to the bound; above 0, ∞ for never.</summary>
    public double Bound { get; init; } = 4;

    internal void Validate()
    {
        var faults = new List<string>();
        if (double.IsNaN(LogAboveSkewness))
            faults.Add("LogAboveSkewness is NaN; it must be a number (∞ for never).");
        if (!(Bound > 0))
            faults.Add($"Bound is {Bound}; it must be above 0 (∞ for never).");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
