using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime.Charts;

/// <summary>Pictures of lifetime models as SVG for reports: each a single line of XML that needs nothing else, with a title and a description that say the same.</summary>
public static class LifetimeCharts
{
    /// <summary>Repeat orders week by week, actual and expected; the holdout on a ground of its own.</summary>
    public static string Weekly(IReadOnlyList<TrackingStep> plot, Language language)
    {
        ArgumentNullException.ThrowIfNull(plot);
        return TrackingChart.Draw(plot, step => (step.Actual, step.Expected), TrackingChart.WeeklyTitle, language);
    }

    /// <summary>Repeat orders in all up to each week, actual and expected.</summary>
    public static string Cumulative(IReadOnlyList<TrackingStep> plot, Language language)
    {
        ArgumentNullException.ThrowIfNull(plot);
        return TrackingChart.Draw(plot, step => (step.ActualSoFar, step.ExpectedSoFar), TrackingChart.CumulativeTitle, language);
    }

    /// <summary>Customers by their number of repeat orders, as counted and as the model has it.</summary>
    public static string Repeats(RepeatCountFit fit, Language language)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return PairedBars.Draw(
            PairedBars.RepeatsTitle,
            [.. fit.Classes.Select((one, i) => (i == fit.Classes.Count - 1 ? $"{one.Repeats}+" : $"{one.Repeats}", one.Actual, (double?)one.Expected))],
            decimals: 0,
            language);
    }

    /// <summary>Mean orders in the holdout by the number of repeat orders before it, actual and expected.</summary>
    public static string Holdout(HoldoutCheck check, Language language)
    {
        ArgumentNullException.ThrowIfNull(check);
        return PairedBars.Draw(
            PairedBars.HoldoutTitle,
            [.. check.Classes.Select((one, i) => (one.Repeats == 7 && i == check.Classes.Count - 1 ? $"{one.Repeats}+" : $"{one.Repeats}", one.Actual, (double?)one.Expected))],
            decimals: 2,
            language);
    }

    /// <summary>The value of each tenth of the customers, the most valuable first.</summary>
    /// <param name="values">Of every customer.</param>
    public static string Deciles(IReadOnlyList<double> values, Language language)
    {
        ArgumentNullException.ThrowIfNull(values);
        return PairedBars.Draw(PairedBars.DecilesTitle, [.. ValueDeciles.Of(values).Select(one => ($"{one.Decile}", one.Total, (double?)null))], decimals: 0, language);
    }
}
