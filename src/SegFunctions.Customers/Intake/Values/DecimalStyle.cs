namespace SegFunctions.Customers.Intake.Values;

/// <summary>Which byte separates a column's decimals.</summary>
public enum DecimalStyle
{
    /// <summary>Not known: a number that both styles read differently is refused.</summary>
    Undecided,

    /// <summary>1,234.5</summary>
    Point,

    /// <summary>1.234,5</summary>
    Comma,
}
