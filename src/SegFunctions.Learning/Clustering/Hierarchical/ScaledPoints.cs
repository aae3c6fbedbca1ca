namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Distinct rows as the algorithms see them: brought by a power of two to magnitudes of at most 1, so that no square overflows or
/// vanishes, and freed of an offset where that costs no bit.
/// </summary>
/// <param name="Values">Shape (distinct rows × columns), in content order.</param>
/// <param name="Unit">What a distance between points is multiplied by to be in the units of the table.</param>
internal sealed record ScaledPoints(Matrix Values, double Unit)
{
    private const int LargestExponent = 1023;

    public static ScaledPoints Of(Matrix table, DistinctRows distinct)
    {
        var points = table.Take(distinct.First());
        var values = points.Array;
        var greatest = 0.0;
        foreach (var value in values)
            greatest = Math.Max(greatest, Math.Abs(value));
        var exponent = greatest > 0 ? Math.Min(Math.ILogB(greatest) + 1, LargestExponent) : 0;
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.ScaleB(values[i], -exponent);
        for (var column = 0; column < points.Columns; column++)
            MoveToZero(values, column, points.Columns);
        return new ScaledPoints(points, Math.ScaleB(1, exponent));
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
