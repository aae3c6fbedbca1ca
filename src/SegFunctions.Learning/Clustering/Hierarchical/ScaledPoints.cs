namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Distinct rows as the algorithms see them: brought by a power of two to magnitudes of at most 1, so that no square overflows or
/// vanishes, and freed of an offset where that costs no bit.
/// </summary>
/// <param name="Values">Shape (distinct rows × columns), in content order.</param>
/// <param name="Exponent">A distance between points, times two to this power, is in the units of the table.</param>
internal sealed record ScaledPoints(Matrix Values, int Exponent)
{
    public static ScaledPoints Of(DistinctRows distinct)
    {
        var points = new Matrix(distinct.Count, distinct.Columns, [.. distinct.Values]);
        var values = points.Array;
        // Before, so that the offsets cannot overflow, and after, for they may have been all there was.
        var exponent = BringTo1(values);
        for (var column = 0; column < points.Columns; column++)
            MoveToZero(values, column, points.Columns);
        return new ScaledPoints(points, exponent + BringTo1(values));
    }

    /// <returns>The power of two that the values were divided by: the greatest lies between 1/2 and 1 then.</returns>
    private static int BringTo1(double[] values)
    {
        var greatest = 0.0;
        foreach (var value in values)
            greatest = Math.Max(greatest, Math.Abs(value));
        if (greatest == 0)
            return 0;
        var exponent = Math.ILogB(greatest) + 1;
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.ScaleB(values[i], -exponent);
        return exponent;
    }

    /// <summary>
    /// Means of values far from zero lose digits to the distance from zero. Where the least and the greatest value of a column lie
    /// within a factor of two, the least can be taken from all without rounding (Sterbenz 1974), and elsewhere there is little to gain.
    /// </summary>
    private static void MoveToZero(double[] values, int column, int columns)
    {
        var least = double.PositiveInfinity;
        var greatest = double.NegativeInfinity;
        for (var at = column; at < values.Length; at += columns)
        {
            least = Math.Min(least, values[at]);
            greatest = Math.Max(greatest, values[at]);
        }

        double offset;
        if (least > 0 && greatest / 2 <= least)
            offset = least;
        else if (greatest < 0 && least / 2 >= greatest)
            offset = greatest;
        else
            return;
        for (var at = column; at < values.Length; at += columns)
            values[at] -= offset;
    }
}
