namespace SegFunctions.Customers.Features;

/// <summary>The span of time that purchases cover; partitions' spans join into the lake's.</summary>
/// <param name="First">UTC instant of the first purchase.</param>
/// <param name="Last">UTC instant of the newest purchase.</param>
/// <param name="Purchases">Purchase lines between them.</param>
public sealed record OrderHistory(DateTime? First, DateTime? Last, long Purchases)
{
    /// <summary>No purchases at all.</summary>
    public static OrderHistory None { get; } = new(null, null, 0);

    /// <summary>The span of <paramref name="lines"/>.</summary>
    public static OrderHistory Of(ReadOnlySpan<OrderLine> lines)
    {
        var first = DateTime.MaxValue;
        var last = DateTime.MinValue;
        var purchases = 0L;
        foreach (ref readonly var line in lines)
        {
            if (line.Kind != OrderLineKind.Purchase)
                continue;
            purchases++;
            if (line.Timestamp < first)
                first = line.Timestamp;
            if (line.Timestamp > last)
                last = line.Timestamp;
        }

        return purchases == 0 ? None : new OrderHistory(first, last, purchases);
    }

    /// <summary>The span of both.</summary>
    public OrderHistory Join(OrderHistory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Purchases == 0)
            return other;
        if (other.Purchases == 0)
            return this;
        return new OrderHistory(First < other.First ? First : other.First, Last > other.Last ? Last : other.Last, Purchases + other.Purchases);
    }
}
