using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments;
using SegFunctions.Customers.Segments.Stage;

namespace SegFunctions.Customers.Tests.Segments;

public sealed class StageTests
{
    private static readonly StageModel Monthly = new() { PopulationGapDays = 30, Customers = 100 };

    [Theory]
    [InlineData(0, "stage:new")]
    [InlineData(60, "stage:new")]
    [InlineData(61, "stage:lapsing")]
    [InlineData(120, "stage:lapsing")]
    [InlineData(121, "stage:lapsed")]
    public void A_customer_of_one_day_is_judged_by_the_gap_of_the_population(double recency, string stage) =>
        Assert.Equal(stage, Monthly.Of(One(orders: 2, recency, tenure: recency, gap: double.NaN)).Id);

    [Theory]
    [InlineData(24, "stage:active")]
    [InlineData(25, "stage:lapsing")]
    [InlineData(48, "stage:lapsing")]
    [InlineData(49, "stage:lapsed")]
    public void A_regular_customer_is_judged_by_the_own_gap_drawn_towards_the_population(double recency, string stage)
    {
        // Ten own gaps of 8.6 days: (10 × 8.6 + 2 × 30) / 12 = 12.17, so the borders lie at 24.3 and 48.7 days.
        var features = One(orders: 11, recency, tenure: recency + 86, gap: 8.6);
        Assert.Equal((86 + 60) / 12.0, Monthly.UsualGapDays(features), 12);
        Assert.Equal(stage, Monthly.Of(features).Id);
    }

    [Fact]
    public void Without_purchase_a_customer_is_a_prospect()
    {
        var features = Population.Of(1, _ => [])[0];
        Assert.Equal("stage:prospect", Monthly.Of(features).Id);
        Assert.Equal("no purchase yet", Monthly.Reason(features).En);
    }

    [Fact]
    public void The_gap_of_the_population_is_the_median_of_own_gaps()
    {
        var model = StageModel.Fit(Population.Of(7, row => row < 3 ? [] : [(FeatureTable.Orders, 2), (FeatureTable.GapMeanDays, row * 10)]));
        Assert.Equal(new StageModel { PopulationGapDays = 45, Customers = 4 }, model);
    }

    [Fact]
    public void Where_nobody_came_back_a_stated_gap_is_assumed()
    {
        var model = StageModel.Fit(Population.Of(3, _ => [(FeatureTable.Orders, 1), (FeatureTable.RecencyDays, 5)]));
        Assert.Equal(new StageModel { PopulationGapDays = StageModel.DefaultGapDays, Customers = 0 }, model);
    }

    [Fact]
    public void The_reason_names_the_silence_and_what_is_usual()
    {
        Assert.Equal("last order 74 days ago (usual gap 12 days)", Monthly.Reason(One(11, 74, 154, 8)).En);
        Assert.Equal("un seul jour de commande, il y a 1 jour (attente habituelle des clients : 30 jours)", Monthly.Reason(One(1, 1, 1, double.NaN)).Fr);
    }

    [Fact]
    public void Stages_are_definitions_of_their_kind()
    {
        Assert.All(Stages.All, stage => Assert.Equal(SegmentKind.Stage, stage.Kind));
        Assert.Equal(5, Stages.All.Select(stage => stage.Id).Distinct().Count());
    }

    private static CustomerFeatures One(int orders, double recency, double tenure, double gap) => Population.Of(1, _ =>
    [
        (FeatureTable.Orders, orders), (FeatureTable.RecencyDays, recency), (FeatureTable.TenureDays, tenure), (FeatureTable.GapMeanDays, gap),
    ])[0];
}
