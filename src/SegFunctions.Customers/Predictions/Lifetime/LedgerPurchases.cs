using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>Order days of a ledger's customers: purchases alone, neither returns nor free lines.</summary>
internal static class LedgerPurchases
{
    /// <summary>What had been bought before <paramref name="end"/>, and after it before <paramref name="laterUntil"/>; null when nobody had bought.</summary>
    /// <param name="end">UTC.</param>
    public static ObservedPurchases? Of(OrderLedger ledger, DateTime end, DateTime laterUntil)
    {
        var (endDay, lastDay) = (DayBefore(end), DayBefore(laterUntil));
        var builder = new ObservedPurchases.Builder(ledger.Customers.Count, endDay, lastDay);
        var days = new List<int>();
        var amounts = new List<double>();
        var any = false;
        for (var row = 0; row < ledger.Customers.Count; row++)
        {
            days.Clear();
            amounts.Clear();
            foreach (ref readonly var line in ledger.LinesOf(row))
            {
                if (line.Ticks >= laterUntil.Ticks)
                    break;
                if (line.Kind != OrderLineKind.Purchase)
                    continue;
                days.Add((int)((line.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay));
                amounts.Add(line.Amount);
            }

            any |= days.Count > 0 && days[0] <= endDay;
            builder.Add(row, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(days), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(amounts));
        }

        return any ? builder.Build() : null;
    }

    /// <summary>The last day with a moment before the instant, counted from 1970-01-01.</summary>
    public static int DayBefore(DateTime instant) => (int)((instant.Ticks - 1 - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay);
}
