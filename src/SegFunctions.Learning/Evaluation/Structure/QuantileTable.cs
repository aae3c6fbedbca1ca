namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>The values of a column by normal score: z ↦ the quantile at Φ(z), looked up with interpolation.</summary>
internal sealed class QuantileTable
{
    private const int Steps = 512;
    private const double Reach = 4;

    private readonly double[] _values;
    private readonly bool _smooth;

    private QuantileTable(double[] values, bool smooth) => (_values, _smooth) = (values, smooth);

    /// <summary>Of the log-concave density nearest to a column; a constant column stays one.</summary>
    /// <param name="sorted">Ascending.</param>
    public static QuantileTable Smooth(double[] sorted)
    {
        if (sorted[0] == sorted[^1])
            return new QuantileTable([sorted[0], sorted[0]], smooth: true);
        var density = LogConcaveDensity.FitPlain(sorted);
        var values = new double[Steps + 1];
        for (var i = 0; i <= Steps; i++)
            values[i] = density.Quantile(NormalDistribution.Cumulative(((2.0 * i / Steps) - 1) * Reach));
        return new QuantileTable(values, smooth: true);
    }

    /// <summary>Of the column's own values, for columns of few: what lies between them means nothing.</summary>
    public static QuantileTable Exact(double[] sorted)
    {
        var values = new double[Steps + 1];
        for (var i = 0; i <= Steps; i++)
            values[i] = sorted[Math.Clamp((int)(NormalDistribution.Cumulative(((2.0 * i / Steps) - 1) * Reach) * sorted.Length), 0, sorted.Length - 1)];
        return new QuantileTable(values, smooth: false);
    }

    public double AtNormal(double z)
    {
        var at = (Math.Clamp(z, -Reach, Reach) + Reach) / (2 * Reach) * (_values.Length - 1);
        if (!_smooth)
            return _values[(int)Math.Round(at)];
        var below = Math.Min((int)at, _values.Length - 2);
        return _values[below] + ((at - below) * (_values[below + 1] - _values[below]));
    }
}
