namespace SegFunctions.Learning.Preparation;

/// <summary>What is to know about the values of a column of numbers before anything is decided.</summary>
internal sealed class NumericProfile
{
    /// <summary>Values of the sample; so many order statistics tell skewness and power to about three digits.</summary>
    private const int SampleSize = 10_001;

    /// <summary>Share at either end that has no say about the shape: one mistyped income must not make incomes look skewed.</summary>
    private const double Tail = 0.005;

    private NumericProfile(double[] sorted, int rows)
    {
        Sorted = sorted;
        if (sorted.Length == 0)
        {
            Figures = new NumericFigures(0, rows, double.NaN, double.NaN, double.NaN, 0, 0, 0, Whole: false);
            return;
        }

        var (distinct, run, longest) = (1, 1, 1);
        var whole = sorted[0] == Math.Floor(sorted[0]);
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
            {
                longest = Math.Max(longest, ++run);
                continue;
            }

            run = 1;
            distinct++;
            whole = whole && sorted[i] == Math.Floor(sorted[i]);
        }

        Figures = new NumericFigures(sorted.Length, rows, sorted[0], Quantile.OfSorted(sorted, 0.5), sorted[^1], distinct, longest, sorted.AsSpan().Count(1.0), whole);
    }

    /// <summary>The values that are there, ascending.</summary>
    public double[] Sorted { get; }

    public NumericFigures Figures { get; }

    /// <param name="values">NaN is missing; otherwise finite.</param>
    public static NumericProfile Of(ReadOnlySpan<double> values)
    {
        var sorted = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                sorted[count++] = value;
        }

        if (count < sorted.Length)
            Array.Resize(ref sorted, count);
        Array.Sort(sorted);
        return new NumericProfile(sorted, values.Length);
    }

    /// <summary>Evenly spaced order statistics, the outermost drawn in; every value of a short column.</summary>
    public double[] InnerSample()
    {
        var sample = new double[Math.Min(Sorted.Length, SampleSize)];
        var (low, high) = (Quantile.OfSorted(Sorted, Tail), Quantile.OfSorted(Sorted, 1 - Tail));
        for (var i = 0; i < sample.Length; i++)
        {
            var at = sample.Length == Sorted.Length ? i : (int)((long)i * (Sorted.Length - 1) / (sample.Length - 1));
            sample[i] = Math.Clamp(Sorted[at], low, high);
        }

        return sample;
    }

    /// <summary>Fisher's g₁; 0 for a constant.</summary>
    public static double Skewness(ReadOnlySpan<double> values)
    {
        // Shares of the greatest, so that cubes of large numbers stay finite.
        var greatest = 0.0;
        foreach (var value in values)
            greatest = Math.Max(greatest, Math.Abs(value));
        if (!(greatest > 0))
            return 0;
        var mean = 0.0;
        foreach (var value in values)
            mean += value / greatest;
        mean /= values.Length;
        var (squares, cubes) = (0.0, 0.0);
        foreach (var value in values)
        {
            var difference = (value / greatest) - mean;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }

        var variance = squares / values.Length;
        return variance > 0 ? cubes / values.Length / (variance * Math.Sqrt(variance)) : 0;
    }
}
