using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// The different rows of a table in the order of their content, and which rows of the table each stands for. Algorithms that run on
/// them in this order cannot see in which order the table came, and never part equal rows.
/// </summary>
internal sealed class DistinctRows
{
    private readonly int[] _order;
    private readonly int[] _starts;

    private DistinctRows(int columns, double[] values, int[] order, int[] starts, int[] counts, int[] of)
    {
        Columns = columns;
        Values = values;
        _order = order;
        _starts = starts;
        Counts = counts;
        Of = of;
    }

    public int Count => Counts.Length;

    public int Columns { get; }

    /// <summary>Rows of the table.</summary>
    public int Rows => Of.Length;

    /// <summary>Shape (distinct rows × columns), ascending by the first column, then by the second…</summary>
    public double[] Values { get; }

    /// <summary>How many rows of the table equal each distinct row.</summary>
    public int[] Counts { get; }

    /// <summary>The distinct row that each row of the table is.</summary>
    public int[] Of { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DistinctRows In(Matrix rows)
    {
        var order = ContentOrder.Of(rows);
        var of = new int[order.Length];
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || ContentOrder.Compare(rows.Row(order[i - 1]), rows.Row(order[i])) != 0)
                count++;
            of[order[i]] = count - 1;
        }

        var values = new double[(long)count * rows.Columns];
        var starts = new int[count];
        var counts = new int[count];
        for (var i = 0; i < order.Length; i++)
        {
            var distinct = of[order[i]];
            if (counts[distinct]++ > 0)
                continue;
            starts[distinct] = i;
            rows.Row(order[i]).CopyTo(values.AsSpan(distinct * rows.Columns));
        }

        return new DistinctRows(rows.Columns, values, order, starts, counts, of);
    }

    /// <summary>The rows of the table that are this distinct row, ascending; at least one.</summary>
    public ReadOnlySpan<int> Members(int distinct) => _order.AsSpan(_starts[distinct], Counts[distinct]);

    /// <summary>The first row of the table that is this distinct row.</summary>
    public int First(int distinct) => _order[_starts[distinct]];

    /// <summary>How many rows each distinct row stands for, given how many each row stands for (null for one each).</summary>
    public int[] Weights(int[]? weights)
    {
        if (weights is null)
            return Counts;
        var sums = new int[Count];
        for (var row = 0; row < weights.Length; row++)
            sums[Of[row]] += weights[row];
        return sums;
    }
}
