using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Density-based clustering as the papers define it: every row against every row.</summary>
internal static class ScalarDensity
{
    /// <returns>How many clusters of core points there are.</returns>
    public static int Dbscan(Matrix rows, double epsilon, int minimumPoints)
    {
        var core = new bool[rows.Rows];
        for (var row = 0; row < rows.Rows; row++)
        {
            var near = 0;
            for (var other = 0; other < rows.Rows; other++)
                near += Squared(rows.Row(row), rows.Row(other)) <= epsilon * epsilon ? 1 : 0;
            core[row] = near >= minimumPoints;
        }

        var seen = new bool[rows.Rows];
        var open = new Stack<int>();
        var clusters = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            if (!core[row] || seen[row])
                continue;
            clusters++;
            seen[row] = true;
            open.Push(row);
            while (open.TryPop(out var next))
            {
                for (var other = 0; other < rows.Rows; other++)
                {
                    if (seen[other] || !core[other] || Squared(rows.Row(next), rows.Row(other)) > epsilon * epsilon)
                        continue;
                    seen[other] = true;
                    open.Push(other);
                }
            }
        }

        return clusters;
    }

    public static double SpanningTreeWeight(Matrix rows, int neighbours)
    {
        var distances = new double[rows.Rows];
        var core = new double[rows.Rows];
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var other = 0; other < rows.Rows; other++)
                distances[other] = Squared(rows.Row(row), rows.Row(other));
            Array.Sort(distances);
            core[row] = distances[neighbours];
        }

        var reach = distances;
        Array.Fill(reach, double.PositiveInfinity);
        var (weight, last) = (0.0, 0);
        var done = new bool[rows.Rows];
        for (var step = 1; step < rows.Rows; step++)
        {
            done[last] = true;
            var next = -1;
            for (var row = 0; row < rows.Rows; row++)
            {
                if (done[row])
                    continue;
                reach[row] = Math.Min(reach[row], Math.Max(Squared(rows.Row(last), rows.Row(row)), Math.Max(core[last], core[row])));
                if (next < 0 || reach[row] < reach[next])
                    next = row;
            }

            weight += Math.Sqrt(reach[next]);
            last = next;
        }

        return weight;
    }

    private static double Squared(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var squares = 0.0;
        for (var column = 0; column < left.Length; column++)
        {
            var difference = left[column] - right[column];
            squares += difference * difference;
        }

        return squares;
    }
}
