namespace SegFunctions.Learning.Explanation;

/// <summary>A column in at most 256 bins, which is what trees are grown on: bin 0 holds the missing values.</summary>
internal sealed class BinnedColumn
{
    /// <summary>Categories beyond the most frequent share the last bin, which no condition can name.</summary>
    public const int OtherLevels = 255;

    public const int Bins = 256;

    private BinnedColumn(byte[] bins, int count, double[] borders, int[] levels) => (OfRow, Count, Borders, Levels) = (bins, count, borders, levels);

    /// <summary>The bin of every row.</summary>
    public byte[] OfRow { get; }

    /// <summary>Bins in use, the missing one included whether or not it has rows: bins are numbered below this.</summary>
    public int Count { get; }

    /// <summary>Of a column of numbers: bin b ≥ 1 holds the values from border b − 2 (included) to border b − 1.</summary>
    public double[] Borders { get; }

    /// <summary>Of a column of categories: the level of bin b is at b − 1. Empty for numbers.</summary>
    public int[] Levels { get; }

    public bool IsNumeric => Levels.Length == 0;

    /// <summary>
    /// Borders at quantiles within each cluster, not of the column: a cluster of one percent of the rows gets as many as the
    /// largest, and every cluster's least value and the first value above its greatest are borders.
    /// </summary>
    /// <param name="grouped">The known values, sorted within each slot.</param>
    /// <param name="starts">Where each slot begins in <paramref name="grouped"/>; one more for the end.</param>
    /// <param name="sorted">The known values, sorted.</param>
    public static BinnedColumn OfNumbers(double[] values, double[] grouped, int[] starts, double[] sorted)
    {
        const int MostBorders = Bins - 2;
        var borders = Distinct(sorted, MostBorders + 1);
        if (borders.Length > MostBorders + 1)
        {
            var found = new SortedSet<double>();
            var slots = starts.Length - 1;
            var inner = Math.Max(0, (MostBorders / slots) - 2);
            for (var slot = 0; slot < slots && slots * 2 <= MostBorders; slot++)
                AddBorders(found, grouped.AsSpan(starts[slot]..starts[slot + 1]), sorted, inner);
            // More clusters than bins: quantiles of all rows.
            for (var i = 1; found.Count < MostBorders && i <= MostBorders && slots * 2 > MostBorders; i++)
                found.Add(sorted[(int)((long)i * (sorted.Length - 1) / (MostBorders + 1))]);
            borders = [sorted[0], .. found];
        }

        // The least value parts nothing.
        borders = borders.Length == 0 ? [] : [.. borders.Where(border => border > sorted[0])];
        var bins = new byte[values.Length];
        for (var row = 0; row < values.Length; row++)
            bins[row] = double.IsNaN(values[row]) ? (byte)0 : (byte)(1 + NotAbove(borders, values[row]));
        return new BinnedColumn(bins, borders.Length + 2, borders, []);
    }

    /// <param name="totals">Rows of every level.</param>
    public static BinnedColumn OfLevels(int[] codes, int[] totals)
    {
        var levels = Enumerable.Range(0, totals.Length).OrderByDescending(level => totals[level]).Take(OtherLevels - 1).ToArray();
        var binOf = new byte[totals.Length];
        Array.Fill(binOf, (byte)OtherLevels);
        for (var i = 0; i < levels.Length; i++)
            binOf[levels[i]] = (byte)(i + 1);
        var bins = new byte[codes.Length];
        for (var row = 0; row < codes.Length; row++)
            bins[row] = codes[row] < 0 ? (byte)0 : binOf[codes[row]];
        // A column without a level has only missing values; a level that nobody has keeps it from passing for numbers.
        return new BinnedColumn(bins, levels.Length < totals.Length ? Bins : levels.Length + 1, [], levels.Length == 0 ? [-1] : levels);
    }

    private static void AddBorders(SortedSet<double> borders, ReadOnlySpan<double> own, double[] sorted, int inner)
    {
        if (own.IsEmpty)
            return;
        for (var i = 0; i <= inner; i++)
            borders.Add(own[(int)((long)i * (own.Length - 1) / (inner + 1))]);
        var above = NotAbove(sorted, own[^1]);
        if (above < sorted.Length)
            borders.Add(sorted[above]);
    }

    /// <summary>The distinct values, or one more than <paramref name="most"/> of them where there are more.</summary>
    private static double[] Distinct(double[] sorted, int most)
    {
        var distinct = new List<double>();
        for (var i = 0; i < sorted.Length && distinct.Count <= most; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
                distinct.Add(sorted[i]);
        }

        return [.. distinct];
    }

    /// <summary>How many of the sorted values are not above <paramref name="value"/>.</summary>
    private static int NotAbove(double[] sorted, double value)
    {
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
