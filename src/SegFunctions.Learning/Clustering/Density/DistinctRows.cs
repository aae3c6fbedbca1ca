namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// The different rows of a table in lexicographic order, and how often each occurs. Everything here is built on this order, so
/// that the order in which rows arrive decides nothing, and equal rows cannot end in different clusters.
/// </summary>
internal sealed class DistinctRows
{
    private const int FewRows = 12;

    private DistinctRows(int columns, double[] values, int[] counts, int[] of)
    {
        Columns = columns;
        Values = values;
        Counts = counts;
        Of = of;
    }

    public int Count => Counts.Length;

    public int Columns { get; }

    /// <summary>Shape (distinct rows × columns), ascending by the first column, then by the second…</summary>
    public double[] Values { get; }

    /// <summary>How many rows of the table equal each distinct row.</summary>
    public int[] Counts { get; }

    /// <summary>The distinct row that each row of the table is.</summary>
    public int[] Of { get; }

    /// <exception cref="ArgumentException">The squared distance between two rows could exceed the range of a double.</exception>
    public static DistinctRows In(Matrix rows)
    {
        RequireMeasurable(rows);
        var order = new int[rows.Rows];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        Sort(rows, order, new double[order.Length], 0, order.Length, 0);

        var of = new int[order.Length];
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0 && !Same(rows.Row(order[i]), rows.Row(order[i - 1])))
                count++;
            of[order[i]] = count;
        }

        count++;
        var values = new double[(long)count * rows.Columns];
        var counts = new int[count];
        foreach (var row in order)
        {
            if (counts[of[row]]++ == 0)
                rows.Row(row).CopyTo(values.AsSpan(of[row] * rows.Columns));
        }

        return new DistinctRows(rows.Columns, values, counts, of);
    }

    /// <exception cref="ArgumentException">The squared distance between two rows could exceed the range of a double.</exception>
    public static void RequireMeasurable(Matrix rows)
    {
        var squares = 0.0;
        for (var column = 0; column < rows.Columns; column++)
        {
            var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var at = column; at < rows.Values.Length; at += rows.Columns)
                (least, greatest) = (Math.Min(least, rows.Values[at]), Math.Max(greatest, rows.Values[at]));
            squares += (greatest - least) * (greatest - least);
            if (!double.IsFinite(squares))
                throw new ArgumentException($"Column {column} (counted from 0) spans {least} to {greatest}; squared distances between the rows exceed what a double holds. Scale the columns first.", nameof(rows));
        }
    }

    /// <summary>Sorts order[start..end), whose rows agree in all columns before the given one.</summary>
    private static void Sort(Matrix rows, int[] order, double[] keys, int start, int end, int column)
    {
        for (; column < rows.Columns && end - start > 1; column++)
        {
            if (end - start <= FewRows)
            {
                Insert(rows, order.AsSpan(start, end - start), column);
                return;
            }

            var constant = true;
            for (var i = start; i < end; i++)
            {
                keys[i] = rows.Row(order[i])[column];
                constant &= keys[i] == keys[start];
            }

            if (constant)
                continue;
            Array.Sort(keys, order, start, end - start);
            for (var first = start; first < end;)
            {
                var next = first + 1;
                while (next < end && keys[next] == keys[first])
                    next++;
                if (next - first > 1)
                    Sort(rows, order, keys, first, next, column + 1);
                first = next;
            }

            return;
        }
    }

    private static void Insert(Matrix rows, Span<int> order, int column)
    {
        for (var i = 1; i < order.Length; i++)
        {
            var row = order[i];
            var values = rows.Row(row)[column..];
            var at = i;
            for (; at > 0 && values.SequenceCompareTo(rows.Row(order[at - 1])[column..]) < 0; at--)
                order[at] = order[at - 1];
            order[at] = row;
        }
    }

    private static bool Same(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        for (var column = 0; column < left.Length; column++)
        {
            if (left[column] != right[column])
                return false;
        }

        return true;
    }
}
