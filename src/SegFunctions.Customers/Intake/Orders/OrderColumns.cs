namespace SegFunctions.Customers.Intake.Orders;

/// <summary>Columns of canonical orders that intake derives.</summary>
public static class OrderColumns
{
    /// <summary>What the line is: <see cref="Purchase"/>, <see cref="Return"/> or <see cref="Free"/>.</summary>
    public const string Kind = "kind";

    public const string Purchase = "purchase";
    public const string Return = "return";
    public const string Free = "free";
}
