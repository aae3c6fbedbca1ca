namespace SegFunctions.Customers.Features;

/// <summary>The scale on which differences of a feature mean the same everywhere.</summary>
public enum FeatureScale
{
    /// <summary>As it stands.</summary>
    Linear,

    /// <summary>ln(1 + x): for money, counts and durations, whose few large values would hide all others.</summary>
    Logarithmic,
}
