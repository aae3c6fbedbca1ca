namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// The distinct rows of a table in the order of their content: column by column, lower values first. Algorithms that run on them
/// in this order cannot see in which order the table came, and never part equal rows.
/// </summary>
internal sealed class DistinctRows
{
    private readonly int[] _order;
    private readonly int[] _starts;

    private DistinctRows(int[] order, int[] starts) => (_order, _starts) = (order, starts);

    /// <summary>How many distinct rows there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Rows of the table.</summary>
    public int Rows => _order.Length;

    public static DistinctRows Of(Matrix table)
    {
        var order = Order(table);
        var starts = new List<int>(order.Length + 1);
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || Compare(table.Row(order[i - 1]), table.Row(order[i])) != 0)
                starts.Add(i);
        }

        starts.Add(order.Length);
        return new DistinctRows(order, [.. starts]);
    }

    /// <summary>Every row of the table, in content order.</summary>
    public ReadOnlySpan<int> InOrder => _order;

    /// <summary>The rows of the table that are this distinct row, ascending; at least one.</summary>
    public ReadOnlySpan<int> Members(int distinct) => _order.AsSpan(_starts[distinct].._starts[distinct + 1]);

    /// <summary>How many rows each distinct row stands for, given how many each row stands for (null for one each).</summary>
    public int[] Weights(int[]? weights)
    {
        var sums = new int[Count];
        for (var distinct = 0; distinct < sums.Length; distinct++)
        {
            foreach (var row in Members(distinct))
                sums[distinct] += weights?[row] ?? 1;
        }

        return sums;
    }

    /// <summary>One row of the table for each distinct row.</summary>
    public int[] First()
    {
        var first = new int[Count];
        for (var distinct = 0; distinct < first.Length; distinct++)
            first[distinct] = Members(distinct)[0];
        return first;
    }

    /// <returns>Below 0 when <paramref name="a"/> comes first, 0 for equal rows.</returns>
    public static int Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var column = 0;
        while (column < a.Length && a[column] == b[column])
            column++;
        if (column == a.Length)
            return 0;
        return a[column] < b[column] ? -1 : 1;
    }

    /// <summary>All rows by content, equal ones by number. Most are told apart by their first column, so that alone is sorted first.</summary>
    private static int[] Order(Matrix table)
    {
        var order = new int[table.Rows];
        var keys = new double[table.Rows];
        for (var row = 0; row < order.Length; row++)
            (order[row], keys[row]) = (row, table.Row(row)[0]);
        Array.Sort(keys, order);
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && keys[end] == keys[start])
                end++;
            order.AsSpan(start..end).Sort((a, b) =>
            {
                var byContent = Compare(table.Row(a), table.Row(b));
                return byContent != 0 ? byContent : a.CompareTo(b);
            });
        }

        return order;
    }
}
