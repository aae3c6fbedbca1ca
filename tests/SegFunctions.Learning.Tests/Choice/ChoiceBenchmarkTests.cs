using SegFunctions.Learning.Choice;
using SegFunctions.Learning.Evaluation;
using Xunit.Abstractions;

namespace SegFunctions.Learning.Tests.Choice;

/// <summary>How often the choice is right. Noise rows, found or true, count as clusters of their own.</summary>
public sealed class ChoiceBenchmarkTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Long")]
    public void On_twenty_hard_tables_the_median_agreement_is_at_least_95_in_100()
    {
        var found = new List<double>();
        foreach (var shapes in Shapes.Twenty(seed: 1))
        {
            var result = AutoClustering.Choose(shapes.Rows, new AutoClusteringOptions());
            var agreement = result.Model is null ? 0 : AdjustedRandIndex.Of(NoiseRows.AsSingletons(shapes.Groups), NoiseRows.AsSingletons(result.Model.Labels));
            output.WriteLine($"{agreement:F3}  {shapes.Name}: {result.Sentences[0].En} {result.Confidence}");
            found.Add(agreement);
        }

        found.Sort();
        Assert.True((found[9] + found[10]) / 2 >= 0.95, string.Join(' ', found.Select(one => one.ToString("F3"))));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Single_clouds_of_many_kinds_are_rarely_split()
    {
        var split = 0;
        var tried = 0;
        foreach (var columns in (int[])[2, 5, 12])
        {
            for (var seed = 0; seed < 12; seed++)
            {
                var random = new Xoshiro256(seed, columns);
                var kind = seed % 4;
                var rows = Matrix.FromRows([.. Enumerable.Range(0, 400).Select(_ => Row(kind, columns, random))]);
                var result = AutoClustering.Choose(rows, new AutoClusteringOptions());
                tried++;
                if (result.Model is null)
                    continue;
                split++;
                output.WriteLine($"{columns} columns, kind {kind}, seed {seed}: {result.Sentences[0].En}");
            }
        }

        Assert.True(split <= tried / 10, $"{split} of {tried} clouds were split.");
    }

    /// <summary>Gaussian, uniform, Gaussian of two correlated halves, and t with five degrees of freedom.</summary>
    private static double[] Row(int kind, int columns, Xoshiro256 random)
    {
        var row = new double[columns];
        var scale = 1.0;
        if (kind == 3)
        {
            var squares = 0.0;
            for (var i = 0; i < 5; i++)
                squares += Math.Pow(random.NextNormal(), 2);
            scale = 1 / Math.Sqrt(squares / 5);
        }

        for (var column = 0; column < columns; column++)
            row[column] = kind == 1 ? random.NextDouble() : scale * random.NextNormal();
        if (kind == 2)
        {
            for (var column = columns / 2; column < columns; column++)
                row[column] = (0.8 * row[column - (columns / 2)]) + (0.6 * row[column]);
        }

        return row;
    }
}
