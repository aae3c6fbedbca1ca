using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Tests.Features;

public sealed class FeatureTableTests
{
    [Fact]
    public void Columns_and_names_are_each_taken_once()
    {
        Assert.Equal(Enumerable.Range(0, FeatureTable.Columns), FeatureTable.All.Select(feature => feature.Column));
        Assert.Equal(FeatureTable.Columns, FeatureTable.All.Select(feature => feature.Name).Distinct().Count());
    }

    [Fact]
    public void Every_feature_speaks_both_languages()
    {
        foreach (var feature in FeatureTable.All)
        {
            Assert.NotEqual(feature.Label.En, feature.Label.Fr);
            Assert.NotEqual(feature.Description.En, feature.Description.Fr);
            Assert.All(new[] { feature.Label.En, feature.Label.Fr, feature.Description.En, feature.Description.Fr }, text => Assert.NotEqual("", text.Trim()));
        }
    }

    [Fact]
    public void Learners_get_behaviour_and_never_calendar_or_dates()
    {
        var read = FeatureTable.ForClustering.Concat(FeatureTable.ForChurn).ToHashSet();
        Assert.Contains(FeatureTable.RecencyDays, read);
        Assert.DoesNotContain(FeatureTable.LastOrder, read);
        Assert.Empty(read.Intersect(FeatureTable.Weekdays));
    }

    [Fact]
    public void A_feature_is_found_by_name_and_an_unknown_name_lists_those_that_exist()
    {
        Assert.Same(FeatureTable.AverageBasket, FeatureTable.Named("averageBasket"));
        Assert.Contains("averageBasket", Assert.Throws<KeyNotFoundException>(() => FeatureTable.Named("basket")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_printed_as_each_language_writes_them()
    {
        AssertPrints(FeatureTable.Revenue, 1234567.895, "1,234,567.90", "1\u202F234\u202F567,90");
        AssertPrints(FeatureTable.RecencyDays, 1, "1 day", "1 jour");
        AssertPrints(FeatureTable.GapMeanDays, 0, "0 days", "0 jour");
        AssertPrints(FeatureTable.TenureDays, 1500, "1,500 days", "1\u202F500 jours");
        AssertPrints(FeatureTable.ReturnShare, 0.125, "13%", "13\u202F%");
        AssertPrints(FeatureTable.Orders, 12, "12", "12");
        AssertPrints(FeatureTable.LastOrder, (Some.Day("2011-12-01") - DateTime.UnixEpoch).TotalDays + 0.4, "1 Dec 2011", "1er déc. 2011");
        AssertPrints(FeatureTable.GapMeanDays, double.NaN, "not known", "inconnu");
    }

    [Fact]
    public void The_scale_of_learners_can_be_undone()
    {
        foreach (var feature in FeatureTable.All)
            Assert.Equal(37.5, feature.FromScale(feature.OnScale(37.5)), 9);
        Assert.True(double.IsNaN(FeatureTable.Revenue.OnScale(double.NaN)));
    }

    private static void AssertPrints(Feature feature, double value, string english, string french)
    {
        Assert.Equal(english, feature.Print(value).En);
        Assert.Equal(french, feature.Print(value).Fr);
    }
}
