namespace SegFunctions.Learning.Choice;

/// <summary>
/// Counts spread over the gaps between them. A column that takes few values (orders, flags, ages in years) lies in sheets, and the
/// empty space between two sheets looks like the deepest of valleys though it says nothing about the rows. Each value is drawn
/// uniformly from its own cell before density is judged: jittering, as Machado &amp; Santos Silva do (Quantiles for counts, 2005).
/// </summary>
internal static class SpreadCounts
{
    /// <summary>A column with at least this many rows a value is one of counts; measured quantities repeat far less.</summary>
    private const int RowsPerValue = 5;

    /// <summary>A cell reaches at most so much farther to its wide side than to its narrow one: a true gap between two runs of counts stays.</summary>
    private const double MostUneven = 2;

    /// <summary>The rows themselves where no column is one of counts.</summary>
    public static Matrix Of(Matrix rows, long seed)
    {
        double[]? spread = null;
        var sorted = new double[rows.Rows];
        for (var column = 0; column < rows.Columns; column++)
        {
            for (var row = 0; row < rows.Rows; row++)
                sorted[row] = rows.Values[(row * rows.Columns) + column];
            sorted.AsSpan().Sort();
            var count = Distinct(sorted);
            if (count < 2 || (long)count * RowsPerValue > rows.Rows)
                continue;
            spread ??= rows.Values.ToArray();
            Spread(spread, rows.Columns, column, sorted.AsSpan(0, count), new Xoshiro256(seed, column));
        }

        return spread is null ? rows : new Matrix(rows.Rows, rows.Columns, spread);
    }

    /// <summary>Moves the different values to the front.</summary>
    private static int Distinct(double[] sorted)
    {
        var count = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[count - 1])
                sorted[count++] = sorted[i];
        }

        return count;
    }

    private static void Spread(double[] values, int columns, int column, ReadOnlySpan<double> distinct, Xoshiro256 random)
    {
        for (var at = column; at < values.Length; at += columns)
        {
            var place = distinct.BinarySearch(values[at]);
            // The first and the last value have one neighbour; their cell reaches as far to the other side.
            var left = place > 0 ? distinct[place] - distinct[place - 1] : distinct[1] - distinct[0];
            var right = place < distinct.Length - 1 ? distinct[place + 1] - distinct[place] : left;
            var below = Math.Min(left, MostUneven * right) / 2;
            var above = Math.Min(right, MostUneven * left) / 2;
            values[at] += ((below + above) * random.NextDouble()) - below;
        }
    }
}
