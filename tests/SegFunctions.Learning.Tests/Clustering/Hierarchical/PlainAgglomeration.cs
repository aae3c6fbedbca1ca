using SegFunctions.Learning.Clustering.Hierarchical;

namespace SegFunctions.Learning.Tests.Clustering.Hierarchical;

/// <summary>
/// Agglomeration as the textbook has it: a full matrix, the least entry of it merged, a new row by Lance &amp; Williams (1967), O(n³).
/// </summary>
internal static class PlainAgglomeration
{
    /// <returns>The heights, and for each number of clusters from n down to 1 which cluster each row is in (named by its lowest row).</returns>
    public static (double[] Heights, List<int[]> Partitions) Of(Matrix rows, Linkage linkage, int[]? weights = null)
    {
        var n = rows.Rows;
        var sizes = weights?.Select(weight => (double)weight).ToArray() ?? [.. Enumerable.Repeat(1.0, n)];
        var distances = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                distances[i, j] = Between(rows, i, j) * (linkage == Linkage.Ward ? Math.Sqrt(2 * sizes[i] * sizes[j] / (sizes[i] + sizes[j])) : 1);
        }

        var alive = Enumerable.Range(0, n).ToList();
        var labels = Enumerable.Range(0, n).ToArray();
        var heights = new List<double>();
        var partitions = new List<int[]> { labels.ToArray() };
        while (alive.Count > 1)
        {
            var (a, b) = alive.SelectMany(i => alive.Where(j => j > i).Select(j => (i, j))).MinBy(pair => distances[pair.i, pair.j]);
            heights.Add(distances[a, b]);
            foreach (var c in alive.Where(c => c != a && c != b))
            {
                var (ac, bc, ab) = (distances[a, c], distances[b, c], distances[a, b]);
                var all = sizes[a] + sizes[b] + sizes[c];
                distances[a, c] = distances[c, a] = linkage switch
                {
                    Linkage.Ward => Math.Sqrt((((sizes[a] + sizes[c]) * ac * ac) + ((sizes[b] + sizes[c]) * bc * bc) - (sizes[c] * ab * ab)) / all),
                    Linkage.Average => ((sizes[a] * ac) + (sizes[b] * bc)) / (sizes[a] + sizes[b]),
                    Linkage.Complete => Math.Max(ac, bc),
                    _ => Math.Min(ac, bc),
                };
            }

            sizes[a] += sizes[b];
            alive.Remove(b);
            labels = [.. labels.Select(label => label == b ? a : label)];
            partitions.Add(labels);
        }

        return ([.. heights], partitions);
    }

    /// <summary>The distance of two clusters by the definition of the linkage, from their rows.</summary>
    public static double Between(Matrix rows, IReadOnlyList<int> one, IReadOnlyList<int> other, Linkage linkage)
    {
        var pairs = one.SelectMany(i => other.Select(j => Between(rows, i, j)));
        return linkage switch
        {
            Linkage.Average => pairs.Average(),
            Linkage.Complete => pairs.Max(),
            Linkage.Single => pairs.Min(),
            _ => Math.Sqrt(Math.Max(0, 2 * (Within(rows, [.. one, .. other]) - Within(rows, one) - Within(rows, other)))),
        };
    }

    private static double Between(Matrix rows, int i, int j)
    {
        var sum = 0.0;
        for (var column = 0; column < rows.Columns; column++)
            sum += Math.Pow(rows[i, column] - rows[j, column], 2);
        return Math.Sqrt(sum);
    }

    /// <summary>Sum of squares around the mean, by pairs.</summary>
    private static double Within(Matrix rows, IReadOnlyList<int> members) =>
        members.SelectMany(i => members.Select(j => Math.Pow(Between(rows, i, j), 2))).Sum() / (2 * members.Count);
}
