using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>A column of numbers, summed up for every cluster; noise is the last slot.</summary>
internal sealed class NumericSummary
{
    private readonly double _centre;
    private readonly double _scale;

    private NumericSummary(NumericColumn column, double[] sorted, int slots, double skewnessForLogScale)
    {
        Column = column;
        Known = sorted.Length;
        Counts = new int[slots];
        Means = new double[slots];
        Variances = new double[slots];
        Medians = new double[slots];
        _scale = 1;
        if (Known == 0)
            return;
        Minimum = sorted[0];
        Maximum = sorted[^1];
        Median = Quantile.OfSorted(sorted, 0.5);
        LogScale = Math.Abs(Skewness(sorted)) > skewnessForLogScale;
        if (LogScale)
        {
            _centre = Median;
            _scale = (Quantile.OfSorted(sorted, 0.75) - Quantile.OfSorted(sorted, 0.25)) / 1.349;
            if (!(_scale > 0))
                _scale = MeanDistance(sorted, Median);
        }
    }

    public NumericColumn Column { get; }

    /// <summary>Rows with a value.</summary>
    public int Known { get; }

    public double Minimum { get; }

    public double Maximum { get; }

    public double Median { get; }

    /// <summary>Whether every value is a whole number.</summary>
    public bool Whole { get; private init; }

    /// <summary>Whether means and variances are on the scale for skewed columns.</summary>
    public bool LogScale { get; }

    /// <summary>On the scale of comparison, over all rows with a value.</summary>
    public double Mean { get; private set; }

    /// <summary>On the scale of comparison, population formula; 0 for a constant column.</summary>
    public double Deviation { get; private set; }

    /// <summary>Rows with a value, by slot.</summary>
    public int[] Counts { get; }

    /// <summary>On the scale of comparison, by slot.</summary>
    public double[] Means { get; }

    /// <summary>On the scale of comparison, sample formula, by slot; 0 below two rows.</summary>
    public double[] Variances { get; }

    /// <summary>In the column's own unit, by slot; NaN without a row.</summary>
    public double[] Medians { get; }

    public required BinnedColumn Bins { get; init; }

    public static NumericSummary Of(NumericColumn column, ClusterMembers members, double skewnessForLogScale)
    {
        var values = column.Values;
        var slots = members.Clusters + 1;
        // Cluster after cluster, without the missing; then each cluster's part sorted, and all of it.
        var grouped = new double[values.Length];
        var starts = new int[slots + 1];
        var known = 0;
        var whole = true;
        for (var slot = 0; slot < slots; slot++)
        {
            foreach (var row in members.Of(slot))
            {
                var value = values[row];
                if (double.IsNaN(value))
                    continue;
                whole &= value == Math.Floor(value);
                grouped[known++] = value;
            }

            starts[slot + 1] = known;
            grouped.AsSpan(starts[slot]..known).Sort();
        }

        var sorted = grouped.AsSpan(0, known).ToArray();
        Array.Sort(sorted);
        var bins = BinnedColumn.OfNumbers(values, grouped, starts, sorted);
        var summary = new NumericSummary(column, sorted, slots, skewnessForLogScale) { Bins = bins, Whole = whole };
        for (var slot = 0; slot < slots; slot++)
            summary.Medians[slot] = starts[slot + 1] > starts[slot] ? Quantile.OfSorted(grouped.AsSpan(starts[slot]..starts[slot + 1]), 0.5) : double.NaN;
        summary.AddMoments(grouped.AsSpan(0, known), starts);
        return summary;
    }

    /// <summary>A value on the scale of comparison.</summary>
    public double Compared(double value) => LogScale ? Math.Asinh((value - _centre) / _scale) : value;

    /// <summary>Standard deviations between a value and a cluster's mean.</summary>
    public double Standardised(double value, int slot) => (Compared(value) - Means[slot]) / Deviation;

    private void AddMoments(Span<double> grouped, int[] starts)
    {
        if (Known == 0)
            return;
        for (var slot = 0; slot < Counts.Length; slot++)
        {
            var own = grouped[starts[slot]..starts[slot + 1]];
            Counts[slot] = own.Length;
            foreach (ref var value in own)
                value = Compared(value);
            (Means[slot], var squares) = Moments(own);
            Variances[slot] = own.Length > 1 ? squares / (own.Length - 1) : 0;
        }

        (Mean, var all) = Moments(grouped);
        // Equal values can leave a rounding error where there is no spread.
        Deviation = Minimum == Maximum ? 0 : Math.Sqrt(all / Known);
    }

    private static (double Mean, double Squares) Moments(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return (0, 0);
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return (mean, squares);
    }

    private static double Skewness(ReadOnlySpan<double> values)
    {
        var (mean, squares) = Moments(values);
        var deviation = Math.Sqrt(squares / values.Length);
        if (!(deviation > 0))
            return 0;
        var cubes = 0.0;
        foreach (var value in values)
        {
            var standard = (value - mean) / deviation;
            cubes += standard * standard * standard;
        }

        return cubes / values.Length;
    }

    private static double MeanDistance(ReadOnlySpan<double> values, double from)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += Math.Abs(value - from);
        return sum / values.Length;
    }
}
