namespace SegFunctions.Customers.Features;

/// <summary>Which rule chose an as-of instant.</summary>
public enum AsOfBasis
{
    /// <summary>A person asked for it.</summary>
    Requested,

    /// <summary>The clock, because orders are fresh or there are none.</summary>
    Now,

    /// <summary>Midnight after the newest order's day, because orders are old.</summary>
    NewestOrder,
}
