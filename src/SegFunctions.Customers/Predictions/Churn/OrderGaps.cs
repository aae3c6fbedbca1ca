using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>How many days lie between successive order days of one customer, counted over all customers; partitions' counts join into the lake's.</summary>
/// <param name="ByDays">How many gaps have 0, 1, 2, … days; longer ones than three years count at the end.</param>
public sealed record OrderGaps(IReadOnlyList<long> ByDays)
{
    private const int Most = 3 * 365;

    /// <summary>No gaps at all.</summary>
    public static OrderGaps None { get; } = new([]);

    /// <summary>Gaps in all.</summary>
    public long Count => ByDays.Sum();

    /// <summary>The gaps between purchases before <paramref name="asOf"/>.</summary>
    public static OrderGaps Of(OrderLedger ledger, DateTime asOf)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var counts = new long[Most + 1];
        for (var row = 0; row < ledger.Customers.Count; row++)
        {
            var last = -1L;
            foreach (ref readonly var line in ledger.LinesOf(row))
            {
                if (line.Ticks >= asOf.Ticks)
                    break;
                if (line.Kind != OrderLineKind.Purchase)
                    continue;
                var day = line.Ticks / TimeSpan.TicksPerDay;
                if (last >= 0 && day > last)
                    counts[Math.Min(Most, day - last)]++;
                last = day;
            }
        }

        var used = Array.FindLastIndex(counts, count => count > 0) + 1;
        return new OrderGaps(counts[..used]);
    }

    /// <summary>The gaps of both.</summary>
    public OrderGaps Join(OrderGaps other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var counts = new long[Math.Max(ByDays.Count, other.ByDays.Count)];
        for (var days = 0; days < counts.Length; days++)
            counts[days] = (days < ByDays.Count ? ByDays[days] : 0) + (days < other.ByDays.Count ? other.ByDays[days] : 0);
        return new OrderGaps(counts);
    }

    /// <summary>The least number of days that at least this share of the gaps does not exceed; 0 without gaps.</summary>
    public int Quantile(double share)
    {
        var needed = share * Count;
        var reached = 0L;
        for (var days = 0; days < ByDays.Count; days++)
        {
            reached += ByDays[days];
            if (reached >= needed)
                return days;
        }

        return Math.Max(0, ByDays.Count - 1);
    }
}
