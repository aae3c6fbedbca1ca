namespace SegFunctions.Learning.Preparation;

/// <summary>What is done to a column before it is centred.</summary>
internal enum Transformation
{
    None,

    /// <summary>log(1 + x).</summary>
    Log1p,

    /// <summary>See <see cref="Preparation.YeoJohnson"/>.</summary>
    YeoJohnson,
}

/// <summary>What a column's unit was taken from.</summary>
internal enum ScaleSource
{
    /// <summary>Interquartile range ÷ 1.349, which is the standard deviation of a normal column, so that all sources weigh alike.</summary>
    InterquartileRange,

    /// <summary>Standard deviation about the mean, as asked for.</summary>
    StandardDeviation,

    /// <summary>Standard deviation, with the median as centre, because half of the values or more are equal (the median absolute deviation is 0 then too).</summary>
    DeviationOfTheFew,

    /// <summary>The deviation of yes and no at their shares.</summary>
    Shares,

    /// <summary>One: the column is left as it is.</summary>
    Unit,
}

/// <summary>The numbers by which one cell of a column of numbers, days or flags is prepared.</summary>
/// <remarks>In order: missing → <see cref="Fill"/>; transformed; less <see cref="Centre"/>, by <see cref="Scale"/>; for fitting, into [−<see cref="Bound"/>, <see cref="Bound"/>].</remarks>
internal sealed record NumericTreatment
{
    /// <summary>NaN where a missing value is refused.</summary>
    public required double Fill { get; init; }

    public Transformation Transformation { get; init; }

    /// <summary>The power, if Yeo and Johnson's.</summary>
    public double Lambda { get; init; } = 1;

    public double Centre { get; init; }

    /// <summary>Above 0.</summary>
    public double Scale { get; init; } = 1;

    public ScaleSource ScaleSource { get; init; }

    public double Bound { get; init; } = double.PositiveInfinity;

    /// <summary>The prepared value; <see cref="double.NaN"/> is missing.</summary>
    public double Apply(double value, bool winsorise)
    {
        var prepared = (Transform(double.IsNaN(value) ? Fill : value) - Centre) / Scale;
        // A value of 1e308 in a column of ones must not become an infinity that nobody can place.
        var bound = winsorise && double.IsFinite(Bound) ? Bound : double.MaxValue;
        return Math.Clamp(prepared, -bound, bound);
    }

    public double Transform(double value) => Transformation switch
    {
        // Later rows may go below zero in a column that never did; the logarithm of those is mirrored rather than undefined.
        Transformation.Log1p => Math.CopySign(double.LogP1(Math.Abs(value)), value),
        Transformation.YeoJohnson => Preparation.YeoJohnson.Transform(value, Lambda),
        _ => value,
    };
}
