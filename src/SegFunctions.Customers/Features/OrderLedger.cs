namespace SegFunctions.Customers.Features;

/// <summary>Order lines grouped by customer and sorted by time; what features and outcomes are computed from.</summary>
/// <remarks>Immutable, safe for many threads. Made by <see cref="OrderLedgerBuilder"/>.</remarks>
public sealed class OrderLedger
{
    private readonly int[] _starts;
    private readonly LedgerLine[] _lines;

    internal OrderLedger(CustomerKey[] customers, int[] starts, LedgerLine[] lines, string[] countries)
    {
        Customers = customers;
        _starts = starts;
        _lines = lines;
        Countries = countries;
    }

    /// <summary>The customers with lines, ascending.</summary>
    public IReadOnlyList<CustomerKey> Customers { get; }

    /// <summary>Lines of all customers.</summary>
    public int Lines => _lines.Length;

    internal string[] Countries { get; }

    /// <summary>Groups and sorts <paramref name="lines"/>, given in any order.</summary>
    public static OrderLedger Of(ReadOnlySpan<OrderLine> lines, int threads = 0, CancellationToken cancellationToken = default)
    {
        var builder = new OrderLedgerBuilder();
        builder.Add(lines);
        return builder.Build(threads, cancellationToken);
    }

    /// <summary>The span of time that the purchases cover.</summary>
    public OrderHistory History()
    {
        var first = long.MaxValue;
        var last = long.MinValue;
        var purchases = 0L;
        foreach (ref readonly var line in _lines.AsSpan())
        {
            if (line.Kind != OrderLineKind.Purchase)
                continue;
            purchases++;
            first = Math.Min(first, line.Ticks);
            last = Math.Max(last, line.Ticks);
        }

        return purchases == 0
            ? OrderHistory.None
            : new OrderHistory(new DateTime(first, DateTimeKind.Utc), new DateTime(last, DateTimeKind.Utc), purchases);
    }

    /// <summary>Whether the customer bought anything in [<paramref name="from"/>, <paramref name="to"/>); false for one without lines.</summary>
    public bool BoughtBetween(CustomerKey customer, DateTime from, DateTime to)
    {
        var row = Array.BinarySearch((CustomerKey[])Customers, customer);
        if (row < 0)
            return false;
        foreach (ref readonly var line in LinesOf(row))
        {
            if (line.Ticks >= to.Ticks)
                break;
            if (line.Ticks >= from.Ticks && line.Kind == OrderLineKind.Purchase)
                return true;
        }

        return false;
    }

    internal ReadOnlySpan<LedgerLine> LinesOf(int row) => _lines.AsSpan(_starts[row].._starts[row + 1]);
}
