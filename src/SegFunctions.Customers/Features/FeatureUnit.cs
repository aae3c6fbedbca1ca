namespace SegFunctions.Customers.Features;

/// <summary>What a feature's number counts.</summary>
public enum FeatureUnit
{
    /// <summary>Days; differences of UTC days, so whole numbers unless they are means.</summary>
    Days,

    /// <summary>Pieces of something.</summary>
    Count,

    /// <summary>The currency of the uploads.</summary>
    Money,

    /// <summary>A part of a whole, 0 to 1.</summary>
    Share,

    /// <summary>An instant, as days since 1970-01-01T00:00Z with their fraction.</summary>
    Date,
}
