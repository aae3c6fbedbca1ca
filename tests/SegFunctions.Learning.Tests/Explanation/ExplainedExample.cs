using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Explanation;

/// <summary>Tables for tests of the explanation, with the clusters planted in them.</summary>
internal static class ExplainedExample
{
    /// <summary>Cluster 0 is exactly who bought in the last 30 days and has six orders or more; a third column says nothing.</summary>
    public static (Table Table, int[] Labels) Loyal(int rows = 600, long seed = 1)
    {
        var random = new Xoshiro256(seed);
        var recency = new double[rows];
        var orders = new double[rows];
        var height = new double[rows];
        var labels = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            recency[row] = random.NextInt(120);
            orders[row] = 1 + random.NextInt(12);
            height[row] = 170 + (10 * random.NextNormal());
            labels[row] = recency[row] < 30 && orders[row] >= 6 ? 0 : 1;
        }

        return (new Table([new NumericColumn("recency", recency), new NumericColumn("orders", orders), new NumericColumn("height", height)]), labels);
    }

    /// <summary>Gaussian groups in numbers, a text that mostly says the group, a text of chance, and some values missing.</summary>
    public static (Table Table, int[] Labels) Mixed(int rows, int columns, int groups, long seed, double noise = 0)
    {
        var (matrix, labels) = Some.Blobs(rows, columns, groups, apart: 5, seed);
        var random = new Xoshiro256(seed, stream: 1);
        // Every group has a row.
        for (var group = 0; group < groups; group++)
            labels[group] = group;
        var all = new List<Column>();
        for (var column = 0; column < columns; column++)
        {
            var values = new double[rows];
            for (var row = 0; row < rows; row++)
                values[row] = random.NextDouble() < 0.05 ? double.NaN : Math.Round(matrix[row, column], 3);
            all.Add(new NumericColumn($"measure_{column}", values));
        }

        var region = new int[rows];
        var chance = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            region[row] = random.NextDouble() < 0.7 ? labels[row] % 4 : random.NextInt(5) - 1;
            chance[row] = random.NextInt(3);
        }

        for (var row = groups; row < rows; row++)
            labels[row] = random.NextDouble() < noise ? -1 : labels[row];
        all.Add(new TextColumn("region", region, ["North", "South", "East", "West"]));
        all.Add(new TextColumn("chance", chance, ["heads", "tails", "edge"]));
        return (new Table(all), labels);
    }
}
