using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions;

public sealed class ChurnPlanTests
{
    [Theory]
    [InlineData(2000, 90)]
    [InlineData(450, 90)]
    [InlineData(449, 60)]
    [InlineData(300, 60)]
    [InlineData(299, 45)]
    [InlineData(224, 30)]
    [InlineData(150, 30)]
    public void The_longest_horizon_is_taken_of_which_the_history_holds_five(int history, int horizon)
    {
        var plan = Choose(history);

        Assert.Equal(horizon, plan.HorizonDays);
        Assert.Equal([Some.AsOf.AddDays(-3 * horizon), Some.AsOf.AddDays(-2 * horizon), Some.AsOf.AddDays(-horizon)], plan.Origins);
        Assert.Contains($"{history} days", plan.Reason.En, StringComparison.Ordinal);
        Assert.Contains($"{horizon} jours", plan.Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_short_a_history_is_a_result_with_its_reason()
    {
        var plan = Choose(149);
        var result = ChurnTraining.Fit(plan, [], new ChurnOptions());

        Assert.Null(plan.HorizonDays);
        Assert.Empty(plan.Origins);
        Assert.Null(result.Model);
        Assert.Equal("none", result.Report.Model);
        Assert.Contains("not enough history: 149 days", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.Null(ChurnPlan.Choose(OrderHistory.None, Some.AsOf, new ChurnOptions()).HorizonDays);
    }

    [Fact]
    public void Orders_after_the_as_of_instant_are_no_history() =>
        Assert.Null(ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(1), Some.AsOf.AddDays(900), 5), Some.AsOf, new ChurnOptions()).HorizonDays);

    [Fact]
    public void All_faults_of_the_options_are_listed_at_once()
    {
        var refused = Assert.Throws<ArgumentException>(() => new ChurnOptions { HorizonLadder = [30, 60], MinimumCustomers = 0, L2 = 0, Level = 1 }.Validate());
        foreach (var name in new[] { "HorizonLadder is 30, 60", "MinimumCustomers is 0", "L2 is 0", "Level is 1" })
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    private static ChurnPlan Choose(int history) =>
        ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(-history), Some.AsOf, 10), Some.AsOf, new ChurnOptions());
}
