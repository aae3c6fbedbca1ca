using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>What anybody would say of the next order without a model.</summary>
internal static class NaiveForecast
{
    /// <summary>Days to the next order when it comes one usual gap after the last: at once where that is past, not after the horizon.</summary>
    /// <param name="usualGapDays">Of the population, for a customer without a gap of the own.</param>
    public static double DaysToNext(PurchaseHistory history, double usualGapDays, int horizonDays)
    {
        var gap = history.Repeats > 0 ? history.Recency / history.Repeats * OrderDays.DaysPerWeek : usualGapDays;
        return Math.Clamp(gap - ((history.Age - history.Recency) * OrderDays.DaysPerWeek), 0, horizonDays);
    }

    /// <summary>Median of the customers' mean gaps in days; the horizon where nobody has one.</summary>
    public static double UsualGapDays(PurchaseHistories histories, int horizonDays)
    {
        var gaps = new List<double>();
        for (var i = 0; i < histories.Count; i++)
        {
            if (histories.Repeats[i] > 0)
                gaps.Add(histories.Recency[i] / histories.Repeats[i] * OrderDays.DaysPerWeek);
        }

        gaps.Sort();
        return gaps.Count == 0 ? horizonDays : (gaps[(gaps.Count - 1) / 2] + gaps[gaps.Count / 2]) / 2;
    }
}
