namespace SegFunctions.Cli.Sample;

/// <summary>One line of an order in the simulated shop; a return has a negative quantity and an order id that starts with C.</summary>
internal sealed record ShopOrderLine(
    int Sequence, string OrderId, ShopCustomer Customer, DateTime Timestamp, ShopProduct Product, int Quantity, decimal UnitPrice, string Channel)
{
    /// <summary>Orders lines by time, then in the order in which they were drawn.</summary>
    public static int ByTime(ShopOrderLine left, ShopOrderLine right)
    {
        var byTime = left.Timestamp.CompareTo(right.Timestamp);
        return byTime != 0 ? byTime : left.Sequence.CompareTo(right.Sequence);
    }
}
