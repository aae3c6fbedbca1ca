namespace SegFunctions.Learning.Preparation;

/// <summary>What a column's unit was taken from.</summary>
public enum ScaleSource
{
    /// <summary>Interquartile range ÷ 1.349, which is the standard deviation of a normal column, so that both sources weigh alike.</summary>
    InterquartileRange,

    /// <summary>Standard deviation, where half of the values or more are equal and the interquartile range is 0.</summary>
    StandardDeviation,

    /// <summary>None: the column is left out.</summary>
    None,
}

/// <summary>What was learned about one column and is done to it, the same for every later row.</summary>
/// <remarks>In order: missing → <see cref="Fill"/>; log(1 + x) if <see cref="Log1p"/>; less <see cref="Centre"/>, by <see cref="Scale"/>; into [−<see cref="Bound"/>, <see cref="Bound"/>].</remarks>
public sealed record ColumnTreatment
{
    public required string Name { get; init; }

    /// <summary>Position in the table, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>False when the column is left out of the result; <see cref="Reason"/> says why.</summary>
    public required bool Kept { get; init; }

    /// <summary>Why the column is left out; empty when it is kept.</summary>
    public required string Reason { get; init; }

    public required bool Log1p { get; init; }

    /// <summary>Skewness of the column as it came (Fisher's g₁).</summary>
    public required double Skewness { get; init; }

    /// <summary>Median of the column as it came: what a missing value becomes.</summary>
    public required double Fill { get; init; }

    /// <summary>Median after the logarithm, if any.</summary>
    public required double Centre { get; init; }

    /// <summary>Size of one scale unit, after the logarithm, if any; above 0 when kept.</summary>
    public required double Scale { get; init; }

    public required ScaleSource ScaleSource { get; init; }

    /// <summary>Greatest distance from the median in scale units.</summary>
    public required double Bound { get; init; }

    /// <summary>Rows of the fit without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>Rows of the fit whose value was set to the bound.</summary>
    public required int Winsorised { get; init; }

    /// <summary>Rows of the fit.</summary>
    public required int Rows { get; init; }

    /// <summary>One sentence for a person.</summary>
    public string Description => Kept ? $"{Name}: {Steps()}." : $"{Name}: left out. {Reason}";

    /// <summary>The prepared value of one cell; <see cref="double.NaN"/> is missing.</summary>
    public double Apply(double value)
    {
        var filled = double.IsNaN(value) ? Fill : value;
        // Later rows may go below zero in a column that never did; the logarithm of those is mirrored rather than undefined.
        var transformed = Log1p ? Math.CopySign(double.LogP1(Math.Abs(filled)), filled) : filled;
        return Math.Clamp((transformed - Centre) / Scale, -Bound, Bound);
    }

    private string Steps()
    {
        var steps = new List<string>();
        if (Missing > 0)
            steps.Add($"{Missing} of {Rows} missing values become the median ({Fill:0.####})");
        if (Log1p)
            steps.Add($"taken as log(1 + x) because it is skewed ({Skewness:0.0})");
        steps.Add($"median {Centre:0.####} becomes 0");
        steps.Add(ScaleSource == ScaleSource.InterquartileRange
            ? $"one unit is {Scale:0.####} (interquartile range / 1.349)"
            : $"one unit is {Scale:0.####} (standard deviation, because the middle half of the values is one number)");
        if (Winsorised > 0)
            steps.Add($"{Winsorised} of {Rows} values beyond {Bound:0.##} units are set to that bound");
        return string.Join("; ", steps);
    }
}
