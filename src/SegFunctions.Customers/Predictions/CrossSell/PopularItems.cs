using System.Text.Json.Serialization;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>Over which time popularity is counted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PopularityWindow>))]
public enum PopularityWindow
{
    /// <summary>Everything that is known.</summary>
    [JsonStringEnumMemberName("allTime")]
    AllTime,

    /// <summary>The last horizon.</summary>
    [JsonStringEnumMemberName("lastHorizon")]
    LastHorizon,

    /// <summary>The last third of a horizon: what is in season.</summary>
    [JsonStringEnumMemberName("lastThird")]
    LastThird,
}

/// <summary>Ranks items by the customers who bought them: what a shop proposes to those it knows nothing of.</summary>
internal static class PopularItems
{
    /// <summary>Ranks of <paramref name="relations"/>, the most popular in the window before <paramref name="beforeDay"/> first; equally popular ones by rank.</summary>
    public static int[] Rank(ItemHistory history, ItemRelations relations, int beforeDay, int horizonDays, PopularityWindow window)
    {
        var customers = Count(history, relations, FirstDay(beforeDay, horizonDays, window), beforeDay);
        return [.. Enumerable.Range(0, relations.Count).OrderByDescending(rank => customers[rank]).ThenBy(rank => rank)];
    }

    /// <summary>
    /// How much more of the demand each item has of late than over all time: its share of the last third of a horizon ÷ its share of all,
    /// one customer added to either, so that a rare item is near 1. It tells what is in season.
    /// </summary>
    public static double[] Trend(ItemHistory history, ItemRelations relations, int beforeDay, int horizonDays)
    {
        var lately = Count(history, relations, FirstDay(beforeDay, horizonDays, PopularityWindow.LastThird), beforeDay);
        double allLately = lately.Sum() + 1;
        double allTime = relations.Customers.Sum(customers => (long)customers) + 1;
        var trend = new double[relations.Count];
        for (var rank = 0; rank < trend.Length; rank++)
            trend[rank] = (lately[rank] + 1) / allLately / ((relations.Customers[rank] + 1) / allTime);
        return trend;
    }

    private static int FirstDay(int beforeDay, int horizonDays, PopularityWindow window) => window switch
    {
        PopularityWindow.AllTime => int.MinValue,
        PopularityWindow.LastHorizon => beforeDay - horizonDays,
        _ => beforeDay - (horizonDays / 3),
    };

    private static int[] Count(ItemHistory history, ItemRelations relations, int fromDay, int beforeDay)
    {
        var rankOf = relations.RankOf(history.Items.Count);
        var customers = new int[relations.Count];
        var seenBy = new int[relations.Count];
        for (var row = 0; row < history.Customers; row++)
        {
            foreach (var item in history.Of(row).Between(fromDay, beforeDay).Items)
            {
                if (rankOf[item] is not (>= 0 and var rank) || seenBy[rank] == row + 1)
                    continue;
                seenBy[rank] = row + 1;
                customers[rank]++;
            }
        }

        return customers;
    }
}
