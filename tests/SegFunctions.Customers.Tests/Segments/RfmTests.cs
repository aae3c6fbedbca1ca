using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments.Rfm;

namespace SegFunctions.Customers.Tests.Segments;

public sealed class RfmTests
{
    [Fact]
    public void Every_cell_of_the_grid_has_the_name_that_the_documentation_gives_it()
    {
        // Rows R = 5 down to 1, columns (F + M) / 2 = 1 to 5.
        string[][] grid =
        [
            ["New Customers", "Potential Loyalists", "Potential Loyalists", "Champions", "Champions"],
            ["Promising", "Potential Loyalists", "Potential Loyalists", "Loyal Customers", "Loyal Customers"],
            ["About To Sleep", "About To Sleep", "Need Attention", "Loyal Customers", "Loyal Customers"],
            ["Hibernating", "Hibernating", "At Risk", "At Risk", "Can't Lose Them"],
            ["Lost", "Hibernating", "At Risk", "At Risk", "Can't Lose Them"],
        ];
        for (var recency = 1; recency <= 5; recency++)
        {
            for (var frequency = 1; frequency <= 5; frequency++)
            {
                for (var monetary = 1; monetary <= 5; monetary++)
                {
                    var column = (int)Math.Round((frequency + monetary) / 2.0, MidpointRounding.AwayFromZero) - 1;
                    Assert.Equal(grid[5 - recency][column], RfmSegments.Of(new RfmScore(recency, frequency, monetary)).Name.En);
                }
            }
        }

        Assert.Equal(grid.SelectMany(row => row).Distinct().Order(), RfmSegments.All.Select(segment => segment.Name.En).Order());
    }

    [Fact]
    public void The_eleven_segments_have_names_and_ids_of_their_own_in_both_languages()
    {
        Assert.Equal(11, RfmSegments.All.Select(segment => segment.Id).Distinct().Count());
        Assert.Equal(11, RfmSegments.All.Select(segment => segment.Name.Fr).Distinct().Count());
        Assert.All(RfmSegments.All, segment => Assert.Matches("^rfm:[a-z-]+$", segment.Id));
    }

    [Fact]
    public void Fifths_of_distinct_values_are_equally_large()
    {
        var features = Population.Of(100, row => Bought(recency: row, orders: row + 1, revenue: 1000 - row));
        var model = Assert.IsType<RfmModel>(RfmModel.Fit(features));

        var scores = Scores(model, features);

        Assert.All(scores.GroupBy(score => score.Recency), group => Assert.Equal(20, group.Count()));
        Assert.All(scores.GroupBy(score => score.Frequency), group => Assert.Equal(20, group.Count()));
        Assert.Equal(new RfmScore(5, 1, 5), scores[0]);
        Assert.Equal(new RfmScore(1, 5, 1), scores[99]);
    }

    [Fact]
    public void Customers_with_one_order_share_the_lowest_frequency_however_many_they_are() =>
        Prop.ForAll<byte>(share =>
        {
            var once = 1 + share % 99;
            var features = Population.Of(100, row => Bought(recency: row, orders: row < once ? 1 : row, revenue: row + 1));
            var scores = Scores(Assert.IsType<RfmModel>(RfmModel.Fit(features)), features);

            Assert.All(scores.Take(once), score => Assert.Equal(1, score.Frequency));
            Assert.All(scores.Skip(Math.Max(once, 80)), score => Assert.Equal(5, score.Frequency));
            Assert.Equal(scores.Select(score => score.Frequency).Order(), scores.Select(score => score.Frequency));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Where_all_ordered_on_the_same_day_all_are_recent()
    {
        var features = Population.Of(30, row => Bought(recency: 3, orders: 1, revenue: 10));
        Assert.All(Scores(Assert.IsType<RfmModel>(RfmModel.Fit(features)), features), score => Assert.Equal(new RfmScore(5, 1, 1), score));
    }

    [Fact]
    public void Better_values_never_score_lower() =>
        Prop.ForAll<int[]>(seeds =>
        {
            var values = seeds.Select(seed => (double)(seed % 7 + 7)).Append(1).ToArray();
            var features = Population.Of(values.Length, row => Bought(values[row], 1 + (int)values[row], values[row]));
            var scores = Scores(Assert.IsType<RfmModel>(RfmModel.Fit(features)), features);
            for (var a = 0; a < values.Length; a++)
            {
                for (var b = 0; b < values.Length; b++)
                {
                    if (values[a] > values[b])
                        Assert.True(scores[a].Recency <= scores[b].Recency && scores[a].Frequency >= scores[b].Frequency && scores[a].Monetary >= scores[b].Monetary);
                    if (values[a] == values[b])
                        Assert.Equal(scores[a], scores[b]);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Customers_without_order_neither_score_nor_move_a_threshold()
    {
        var features = Population.Of(20, row => row % 2 == 0 ? [] : Bought(row, row, row));
        var model = Assert.IsType<RfmModel>(RfmModel.Fit(features));

        Assert.Equal(10, model.Customers);
        Assert.Equal([3, 7, 11, 15], model.Orders);
        Assert.Null(model.Score(features[0]));
        Assert.Null(RfmModel.Fit(Population.Of(5, _ => [])));
    }

    private static (Feature, double)[] Bought(double recency, double orders, double revenue) =>
        [(FeatureTable.RecencyDays, recency), (FeatureTable.Orders, orders), (FeatureTable.Revenue, revenue)];

    private static RfmScore[] Scores(RfmModel model, FeatureSet features) =>
        [.. Enumerable.Range(0, features.Rows).Select(row => model.Score(features[row]) ?? throw new InvalidOperationException("No score."))];
}
