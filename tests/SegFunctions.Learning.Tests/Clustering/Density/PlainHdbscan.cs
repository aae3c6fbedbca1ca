namespace SegFunctions.Learning.Tests.Clustering.Density;

/// <summary>The definitions, by matrix: core distances by sorting, the spanning tree by Prim (1957).</summary>
internal static class PlainHdbscan
{
    public static double Distance(Matrix rows, int a, int b)
    {
        var sum = 0.0;
        for (var column = 0; column < rows.Columns; column++)
            sum += (rows[a, column] - rows[b, column]) * (rows[a, column] - rows[b, column]);
        return Math.Sqrt(sum);
    }

    /// <summary>Distance to the k-th nearest other row, or the farthest where there are fewer.</summary>
    public static double[] CoreDistances(Matrix rows, int k) =>
    [
        .. Enumerable.Range(0, rows.Rows).Select(row => Enumerable.Range(0, rows.Rows)
            .Where(other => other != row).Select(other => Distance(rows, row, other)).Order().Take(k).LastOrDefault()),
    ];

    /// <summary>Weights of the tree's edges, ascending.</summary>
    public static double[] SpanningTree(Matrix rows, double[] core)
    {
        var weights = new List<double>();
        var reach = Enumerable.Repeat(double.PositiveInfinity, rows.Rows).ToArray();
        var done = new bool[rows.Rows];
        var last = 0;
        for (var step = 1; step < rows.Rows; step++)
        {
            done[last] = true;
            var next = -1;
            for (var row = 0; row < rows.Rows; row++)
            {
                if (done[row])
                    continue;
                reach[row] = Math.Min(reach[row], Math.Max(Distance(rows, last, row), Math.Max(core[last], core[row])));
                if (next < 0 || reach[row] < reach[next])
                    next = row;
            }

            weights.Add(reach[next]);
            last = next;
        }

        return [.. weights.Order()];
    }
}
