using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Tests.Intake.Quality;

public sealed class OutliersTests
{
    [Fact]
    public async Task Planted_outliers_are_flagged_with_their_lines_and_stay()
    {
        var text = new StringBuilder("order_id,order_date,customer_id,quantity,unit_price\n");
        var random = new Random(5);
        for (var row = 0; row < 2_000; row++)
            text.Append(CultureInfo.InvariantCulture, $"A{row},2025-05-05,C{row % 90},{1 + random.Next(6)},{Math.Exp(2 + (0.7 * Normal(random))):0.00}\n");
        text.Append("B1,2025-05-05,C1,1,99999.00\nB2,2025-05-05,C2,74215,1.04\n");

        var taken = await Taken.InAsync(text.ToString());

        Assert.Equal(2_002, taken.Report.Rows.Accepted);
        var price = Assert.Single(taken.Report.Outliers, outlier => outlier.Field == "unitPrice");
        Assert.Equal((1L, new OutlierExample(2_002, 99999m)), (price.Count, Assert.Single(price.Examples)));
        var quantity = Assert.Single(taken.Report.Outliers, outlier => outlier.Field == "quantity");
        Assert.Equal((1L, 2_003L), (quantity.Count, Assert.Single(quantity.Examples).Line));
        Assert.Contains(taken.Report.Warnings, rule => rule.Rule == "outlier" && rule.Lines.Contains(2_003));
        Assert.Contains(taken.Report.Warnings, rule => rule.Rule == "quantity-absurd" && rule.Count == 1);
    }

    [Fact]
    public void Log_normal_and_heavy_tailed_numbers_raise_hardly_any_flag()
    {
        var random = new Random(7);
        foreach (var sigma in new[] { 0.3, 1.0, 2.0 })
        {
            var sketch = new NumberSketch();
            for (var line = 1; line <= 50_000; line++)
                sketch.Add((decimal)Math.Exp(3 + (sigma * Normal(random))), line);
            Assert.True((Outliers.Of("x", "x", sketch)?.Count ?? 0) <= 5);
        }

        // Pareto with exponent 1: one number in a hundred is a hundred times the smallest.
        var heavy = new NumberSketch();
        for (var line = 1; line <= 50_000; line++)
            heavy.Add((decimal)(1 / (1 - (0.99999 * random.NextDouble()))), line);
        Assert.True((Outliers.Of("x", "x", heavy)?.Count ?? 0) < 500);
    }

    [Fact]
    public void Column_of_one_number_flags_what_differs_only_where_differing_is_usual()
    {
        var ones = new NumberSketch();
        for (var line = 1; line <= 1_000; line++)
            ones.Add(line == 500 ? 7 : 1, line);
        Assert.Null(Outliers.Of("x", "x", ones));
    }

    [Fact]
    public void Sketch_merges_to_the_same_whatever_the_parts()
    {
        var random = new Random(3);
        var numbers = Enumerable.Range(1, 5_000).Select(line => ((decimal)(Math.Exp(6 * Normal(random)) * (random.Next(5) == 0 ? -1 : 1)), (long)line)).ToList();
        numbers.Add((0, 5_001));
        var whole = new NumberSketch();
        var parts = Enumerable.Range(0, 4).Select(_ => new NumberSketch()).ToList();
        foreach (var (number, line) in numbers)
        {
            whole.Add(number, line);
            parts[(int)(line % 4)].Add(number, line);
        }

        var merged = new NumberSketch();
        foreach (var part in Enumerable.Reverse(parts))
            merged.Merge(part);

        Assert.Equal(whole.Bins(), merged.Bins());
        Assert.Equal(whole.Largest, merged.Largest);
        Assert.Equal(whole.Smallest, merged.Smallest);
        Assert.Equal(numbers.OrderByDescending(pair => pair.Item1).Take(5).Select(pair => pair.Item2), whole.Largest.Select(example => example.Line));
        Assert.Equal(whole.Bins().Select(bin => bin.Middle).Order(), whole.Bins().Select(bin => bin.Middle));
    }

    [Fact]
    public void Quartiles_are_exact_to_the_width_of_a_bin()
    {
        var sketch = new NumberSketch();
        for (var line = 1; line <= 10_001; line++)
            sketch.Add(line, line);

        var profile = sketch.ToProfile();

        Assert.InRange(profile.Quartile1, 2_400, 2_600);
        Assert.InRange(profile.Median, 4_850, 5_150);
        Assert.InRange(profile.Quartile3, 7_300, 7_700);
        Assert.Equal(10_001, profile.Bins.Sum(bin => bin[1]));
        Assert.Equal(profile.Bins.Select(bin => bin[0]).Order(), profile.Bins.Select(bin => bin[0]));
        Assert.All(profile.Bins, bin => Assert.Equal(bin[0], NumberBins.Of(NumberBins.Middle(bin[0]))));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
