namespace SegFunctions.Cli.Sample;

/// <summary>How a simulated customer buys.</summary>
internal enum ShopHabit
{
    /// <summary>Tried the shop once.</summary>
    OneTime,

    /// <summary>Every few weeks, and stays.</summary>
    Loyal,

    /// <summary>Every two or three months; may leave.</summary>
    Regular,

    /// <summary>Buys presents in November and December, little else.</summary>
    Seasonal,

    /// <summary>Began well, then left for good.</summary>
    Lapsing,

    /// <summary>An office that restocks on weekdays, in bulk.</summary>
    Office,
}
