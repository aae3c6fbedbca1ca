using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Tests.Features;

/// <summary>Every feature written down as its definition reads, with no regard to speed.</summary>
internal static class NaiveFeatures
{
    public static Dictionary<string, double> Of(IEnumerable<OrderLine> ownLines, DateTime asOf)
    {
        var lines = ownLines.Where(line => line.Timestamp < asOf).ToList();
        var bought = lines.Where(line => line.Kind == OrderLineKind.Purchase).ToList();
        var returned = lines.Where(line => line.Kind == OrderLineKind.Return).ToList();
        var orders = bought.GroupBy(line => line.Order).Select(order => order.Min(line => line.Timestamp)).ToList();
        var days = bought.Select(line => line.Timestamp.Date).Distinct().Order().ToList();
        var gaps = days.Zip(days.Skip(1), (before, after) => (after - before).TotalDays).ToList();
        var revenue = bought.Sum(line => line.Amount);
        var timed = orders.Where(at => at.TimeOfDay != TimeSpan.Zero).ToList();

        var features = new Dictionary<string, double>
        {
            ["recencyDays"] = days.Count == 0 ? double.NaN : (asOf.Date - days[^1]).TotalDays,
            ["orders"] = orders.Count,
            ["revenue"] = revenue,
            ["tenureDays"] = days.Count == 0 ? double.NaN : (asOf.Date - days[0]).TotalDays,
            ["gapMeanDays"] = gaps.Count == 0 ? double.NaN : gaps.Average(),
            ["gapDeviationDays"] = gaps.Count < 2 ? double.NaN : Math.Sqrt(gaps.Sum(gap => (gap - gaps.Average()) * (gap - gaps.Average())) / (gaps.Count - 1)),
            ["averageBasket"] = orders.Count == 0 ? double.NaN : revenue / orders.Count,
            ["itemsPerOrder"] = orders.Count == 0 ? double.NaN : bought.Sum(line => line.Quantity) / orders.Count,
            ["distinctProducts"] = bought.Where(line => line.Product != 0).Select(line => line.Product).Distinct().Count(),
            ["returnShare"] = revenue > 0 ? returned.Sum(line => line.Amount) / revenue : double.NaN,
            ["returns"] = returned.Select(line => line.Order).Distinct().Count(),
            ["recentRevenueShare"] = revenue > 0 ? bought.Where(line => line.Timestamp >= asOf.AddDays(-90)).Sum(line => line.Amount) / revenue : double.NaN,
            ["firstOrder"] = days.Count == 0 ? double.NaN : (bought.Min(line => line.Timestamp) - DateTime.UnixEpoch).TotalDays,
            ["lastOrder"] = days.Count == 0 ? double.NaN : (bought.Max(line => line.Timestamp) - DateTime.UnixEpoch).TotalDays,
        };
        foreach (var day in Enum.GetValues<DayOfWeek>())
            features[day.ToString().ToLowerInvariant() + "Share"] = orders.Count == 0 ? double.NaN : (double)orders.Count(at => at.DayOfWeek == day) / orders.Count;
        string[] parts = ["night", "morning", "afternoon", "evening"];
        for (var part = 0; part < parts.Length; part++)
            features[parts[part] + "Share"] = timed.Count == 0 ? double.NaN : (double)timed.Count(at => at.Hour / 6 == part) / timed.Count;
        return features;
    }

    public static string? Country(IEnumerable<OrderLine> ownLines, DateTime asOf)
    {
        var lines = ownLines.Where(line => line.Timestamp < asOf && line.Country is not null).ToList();
        var bought = lines.Where(line => line.Kind == OrderLineKind.Purchase).ToList();
        return lines
            .GroupBy(line => line.Country)
            .OrderByDescending(group => group.Count(line => line.Kind == OrderLineKind.Purchase))
            .ThenByDescending(group => bought.Count > 0 ? 0 : group.Count())
            .ThenByDescending(group => group.Max(line => line.Timestamp))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
    }
}
