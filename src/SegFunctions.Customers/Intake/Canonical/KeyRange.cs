namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>Customer keys from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct KeyRange(CustomerKey First, CustomerKey Last)
{
    /// <summary>Every key.</summary>
    public static KeyRange All { get; } = new(new CustomerKey(UInt128.MinValue), new CustomerKey(UInt128.MaxValue));

    /// <summary>The keys of one of <paramref name="partitions"/> partitions (a power of two, 1 to 256).</summary>
    public static KeyRange OfPartition(int partition, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, partitions);
        var width = (UInt128.MaxValue / (uint)partitions) + (partitions == 1 ? 0u : 1u);
        var first = width * (uint)partition;
        return new KeyRange(new CustomerKey(first), new CustomerKey(partition == partitions - 1 ? UInt128.MaxValue : first + (width - 1)));
    }

    public bool Contains(CustomerKey key) => First <= key && key <= Last;
}
