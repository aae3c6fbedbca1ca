using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Rows by their content: column by column, lower values first. What is done in this order cannot see in which order the table came.
/// </summary>
internal static class ContentOrder
{
    private const int FewRows = 12;

    /// <summary>Every row of the table in the order of content, equal ones by number. Sorts numbers, no rows: 12 bytes a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Of(Matrix rows)
    {
        var order = new int[rows.Rows];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        Sort(rows, order, new double[order.Length], 0, order.Length, 0);
        return order;
    }

    /// <returns>Below 0 when <paramref name="a"/> comes first, 0 for equal rows.</returns>
    public static int Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (var column = 0; column < a.Length; column++)
        {
            if (a[column] != b[column])
                return a[column] < b[column] ? -1 : 1;
        }

        return 0;
    }

    /// <summary>Sorts order[start..end), whose rows agree in all columns before the given one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

        // No column is left to tell them apart.
        order.AsSpan(start, end - start).Sort();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insert(Matrix rows, Span<int> order, int column)
    {
        for (var i = 1; i < order.Length; i++)
        {
            var row = order[i];
            var values = rows.Row(row)[column..];
            var at = i;
            for (; at > 0 && Before(values, row, rows.Row(order[at - 1])[column..], order[at - 1]); at--)
                order[at] = order[at - 1];
            order[at] = row;
        }
    }

    private static bool Before(ReadOnlySpan<double> values, int row, ReadOnlySpan<double> others, int other)
    {
        var order = Compare(values, others);
        return order < 0 || (order == 0 && row < other);
    }
}
