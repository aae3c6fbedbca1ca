namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// The Hopkins statistic (Hopkins &amp; Skellam 1954; powers of d as Banerjee &amp; Davé 2004): Σu / (Σu + Σw), u = nearest-row distance of random points in the
/// table's bounding box, w = of random rows, both to the power d. About ½ for uniform rows, near 1 for anything denser in places.
/// </summary>
/// <remarks>Not a test of groups: a single Gaussian scores 0.7 and more. Reported because readers ask for it; nothing is decided by it.</remarks>
public static class Hopkins
{
    /// <param name="rows">Shape (n × d), n ≥ 2, finite.</param>
    /// <param name="sample">Points and rows measured; at most n / 2 are.</param>
    /// <returns>½ when all rows are equal. Cost O(sample · n · d).</returns>
    public static double Of(Matrix rows, int sample, long seed)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, 1);
        if (rows.Rows < 2)
            throw new ArgumentException($"The matrix has {rows.Rows} rows; the Hopkins statistic needs two.", nameof(rows));
        rows.RequireFinite(nameof(rows));
        var columns = rows.Columns;
        var low = rows.Row(0).ToArray();
        var high = rows.Row(0).ToArray();
        for (var row = 1; row < rows.Rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                low[column] = Math.Min(low[column], rows[row, column]);
                high[column] = Math.Max(high[column], rows[row, column]);
            }
        }

        var random = new Xoshiro256(seed, stream: 1);
        var order = Enumerable.Range(0, rows.Rows).ToArray();
        random.Shuffle(order.AsSpan());
        var count = Math.Max(1, Math.Min(sample, rows.Rows / 2));
        var point = new double[columns];
        var fromPoints = new double[count];
        var fromRows = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var column = 0; column < columns; column++)
                point[column] = low[column] + ((high[column] - low[column]) * random.NextDouble());
            fromPoints[i] = Nearest(rows, point, -1);
            fromRows[i] = Nearest(rows, rows.Row(order[i]), order[i]);
        }

        // In units of the largest, so that the power d neither overflows nor vanishes as a whole.
        var unit = Math.Max(fromPoints.Max(), fromRows.Max());
        if (!(unit > 0))
            return 0.5;
        var u = fromPoints.Sum(distance => Math.Pow(distance / unit, columns));
        var w = fromRows.Sum(distance => Math.Pow(distance / unit, columns));
        return u / (u + w);
    }

    private static double Nearest(Matrix rows, ReadOnlySpan<double> point, int without)
    {
        var least = double.PositiveInfinity;
        for (var row = 0; row < rows.Rows; row++)
        {
            if (row != without)
                least = Math.Min(least, Distance.Squared(point, rows.Row(row)));
        }

        return Math.Sqrt(least);
    }
}
