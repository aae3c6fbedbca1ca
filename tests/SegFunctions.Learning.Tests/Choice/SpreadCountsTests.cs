using SegFunctions.Learning.Choice;

namespace SegFunctions.Learning.Tests.Choice;

public sealed class SpreadCountsTests
{
    [Fact]
    public void Measured_columns_stay_as_they_are()
    {
        var rows = Some.Normal(200, 3);
        Assert.Same(rows, SpreadCounts.Of(rows, seed: 1));
    }

    [Fact]
    public void Counts_fill_the_gaps_between_them_and_no_value_passes_its_neighbour()
    {
        var rows = Column(row => row % 4);
        var spread = SpreadCounts.Of(rows, seed: 1);
        for (var row = 0; row < rows.Rows; row++)
            Assert.InRange(spread[row, 0] - rows[row, 0], -0.5, 0.5);
        // Four hundred draws over four cells leave no room of a tenth empty.
        var sorted = spread.Values.ToArray();
        Array.Sort(sorted);
        Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.Second - pair.First < 0.1));
    }

    [Fact]
    public void A_true_gap_between_two_runs_of_counts_stays()
    {
        var spread = SpreadCounts.Of(Column(row => row % 2 == 0 ? row % 3 : 50 + (row % 3)), seed: 1);
        Assert.DoesNotContain(spread.Values.ToArray(), value => value is > 3.01 and < 48.99);
    }

    [Fact]
    public void The_same_seed_spreads_alike_and_the_rows_are_not_written_to()
    {
        var rows = Column(row => row % 5);
        var before = rows.Values.ToArray();
        Assert.Equal(SpreadCounts.Of(rows, seed: 3).Values, SpreadCounts.Of(rows, seed: 3).Values);
        Assert.Equal(before, rows.Values);
    }

    [Fact]
    public void Whole_numbers_of_one_cloud_are_no_segments()
    {
        var random = new Xoshiro256(5);
        var values = new double[800];
        for (var row = 0; row < 400; row++)
        {
            values[2 * row] = Math.Round(1.2 * random.NextNormal());
            values[(2 * row) + 1] = random.NextNormal();
        }

        Assert.Null(AutoClustering.Choose(new Matrix(400, 2, values)).Model);
    }

    private static Matrix Column(Func<int, double> value) => new(400, 1, [.. Enumerable.Range(0, 400).Select(value)]);
}
