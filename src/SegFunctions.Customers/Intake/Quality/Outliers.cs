using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Flags numbers that lie far from the others of their column. They stay.</summary>
/// <remarks>
/// Amounts, prices and incomes are skewed and grow by factors, so magnitudes are judged on a logarithmic scale, below and above the median apart (double median absolute
/// deviation, P. Rosenmai 2013; the median absolute deviation as a measure of spread: F. Hampel 1974). On each side the spread is the larger of 1.4826 × MAD
/// and the distance to the outer decile divided by 1.2816: for a log-normal column both are its standard deviation, for a column with heavier tails the second keeps its
/// tail from being flagged. An outlier lies more than <see cref="Spreads"/> spreads from the median, and at least by a factor of <see cref="LeastFactor"/>. A side without spread (nine tenths
/// of the values are the same) takes the outermost percentile's distance; without that either, nothing is flagged there. Zero has no
/// magnitude and is left out; negative numbers are judged by their magnitude.
/// </remarks>
internal static class Outliers
{
    /// <summary>Fewer numbers do not tell what is usual.</summary>
    public const int FewestNumbers = 50;

    /// <summary>Spreads from the median beyond which a number is an outlier.</summary>
    public const double Spreads = 5;

    /// <summary>Smallest factor between the median and an outlier.</summary>
    public const double LeastFactor = 4;

    /// <summary>Finds the outliers of all columns, and adds a warning for each column that has some.</summary>
    public static IReadOnlyList<OutlierCount> Find(FilePlan plan, RowTotals totals)
    {
        var found = new List<OutlierCount>();
        foreach (var column in plan.Columns)
        {
            var field = column.Field < 0 ? null : plan.Dataset.Fields[column.Field];
            if (field is { Identifier: true } || column.Use is not (ColumnUse.Field or ColumnUse.Attribute) || totals.Column(column.Position).Statistics.Numbers is not { } numbers || (field is null && totals.Column(column.Position).Statistics.MayName))
                continue;
            if (Of(column.Header.Trim(), field?.Name ?? "", numbers) is not { } outliers)
                continue;
            found.Add(outliers);
            totals.Warnings.AddForColumn(
                DataRules.Outlier.Id, column.Position, outliers.Count, $"{DataRules.Outlier.Title} (column \"{outliers.Column}\"): the middle is {outliers.Median}. {DataRules.Outlier.Cure}", outliers.Examples.Select(example => example.Line));
        }

        return found;
    }

    /// <summary>The outliers of one column; null where there are none.</summary>
    public static OutlierCount? Of(string column, string field, NumberSketch numbers)
    {
        // Magnitudes rising, with their counts; the bins of both signs fall into one another.
        var magnitudes = new SortedDictionary<double, long>();
        long count = 0;
        foreach (var (middle, inBin) in numbers.Bins())
        {
            if (middle == 0)
                continue;
            magnitudes[Math.Abs(middle)] = magnitudes.GetValueOrDefault(Math.Abs(middle)) + inBin;
            count += inBin;
        }

        if (count < FewestNumbers)
            return null;
        var bins = magnitudes.Select(pair => (Log: Math.Log2(pair.Key), Count: pair.Value)).ToList();
        var median = Quantile(bins, count, 0.5);
        var above = Spread(bins, count, median, 1);
        var below = Spread(bins, count, median, -1);
        var high = above > 0 ? median + Math.Max(Spreads * above, Math.Log2(LeastFactor)) : double.PositiveInfinity;
        var low = below > 0 ? median - Math.Max(Spreads * below, Math.Log2(LeastFactor)) : double.NegativeInfinity;
        var outside = bins.Where(bin => bin.Log > high || bin.Log < low).Sum(bin => bin.Count);
        if (outside == 0)
            return null;

        // Too large ones come first: they are what bends a mean.
        var examples = numbers.Largest.Concat(numbers.Smallest)
            .Where(example => example.Value != 0)
            .Select(example => (Example: example, Log: Math.Log2((double)Math.Abs(example.Value))))
            .Where(pair => pair.Log > high || pair.Log < low)
            .OrderByDescending(pair => Math.Abs(pair.Log - median))
            .ThenBy(pair => pair.Example.Line)
            .Select(pair => pair.Example)
            .Distinct()
            .Take(5)
            .ToList();
        return new OutlierCount(
            column, field, double.IsFinite(low) ? NumberSketch.Short(double.Exp2(low)) : null, double.IsFinite(high) ? NumberSketch.Short(double.Exp2(high)) : null,
            NumberSketch.Short(double.Exp2(median)), outside, Math.Round((double)outside / numbers.Count, 6), examples);
    }

    private static double Spread(List<(double Log, long Count)> bins, long count, double median, int side)
    {
        var deviations = bins.Where(bin => side * (bin.Log - median) >= 0).Select(bin => (Log: Math.Abs(bin.Log - median), bin.Count)).OrderBy(bin => bin.Log).ToList();
        var mad = 1.4826 * Quantile(deviations, deviations.Sum(bin => bin.Count), 0.5);
        var decile = Math.Abs(Quantile(bins, count, side > 0 ? 0.9 : 0.1) - median) / 1.2816;
        var spread = Math.Max(mad, decile);
        return spread > 0 ? spread : Math.Abs(Quantile(bins, count, side > 0 ? 0.99 : 0.01) - median) / 2.3263;
    }

    private static double Quantile(List<(double Log, long Count)> bins, long count, double share)
    {
        var rank = (long)Math.Floor(share * (count - 1));
        foreach (var (log, inBin) in bins)
        {
            if (rank < inBin)
                return log;
            rank -= inBin;
        }

        return bins[^1].Log;
    }
}
