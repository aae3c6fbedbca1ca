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
        var refused = Assert.Throws<ArgumentException>(() => new ChurnOptions { HorizonLadder = [30, 60], MinimumCustomers = 0, Level = 1, GapShare = 1, MinimumGaps = 0, ShortestHorizonDays = 0, LongestHorizonDays = -1, Threads = 0 }.Validate());
        foreach (var name in new[] { "HorizonLadder is 30, 60", "MinimumCustomers is 0", "Level is 1", "GapShare is 1", "MinimumGaps is 0", "ShortestHorizonDays is 0", "LongestHorizonDays is -1", "Threads is 0" })
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2000, 40, 40, "90% of the gaps between order days are no longer than 40 days")]
    [InlineData(2000, 3, 14, "a horizon has 14 to 365 days")]
    [InlineData(150, 40, 30, "the 150 days of orders hold five horizons of at most 30 days")]
    public void The_horizon_is_proposed_by_the_gaps_within_what_the_history_holds(int history, int gap, int horizon, string reason)
    {
        // Nine gaps in ten are of that many days or fewer, the others long.
        var plan = ChurnPlan.Choose(History(history), Gaps((gap, 900), (300, 100)), Some.AsOf, new ChurnOptions());
        Assert.Equal(horizon, plan.HorizonDays);
        Assert.Contains(reason, plan.Reason.En, StringComparison.Ordinal);
        Assert.StartsWith($"{horizon} jours : ", plan.Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_gaps_leave_the_ladder_and_a_short_history_no_horizon()
    {
        Assert.Equal(90, ChurnPlan.Choose(History(2000), Gaps((40, 99)), Some.AsOf, new ChurnOptions()).HorizonDays);
        var none = ChurnPlan.Choose(History(69), Gaps((40, 500)), Some.AsOf, new ChurnOptions());
        Assert.Null(none.HorizonDays);
        Assert.Contains("not enough history: 69 days", none.Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_are_counted_between_order_days_of_a_customer_and_join()
    {
        var lines = Some.Lines(seed: 4, count: 600, customers: 90);
        var expected = lines.Where(line => line.Kind == OrderLineKind.Purchase && line.Timestamp < Some.AsOf)
            .GroupBy(line => line.Customer)
            .SelectMany(customer => customer.Select(line => line.Timestamp.Date).Distinct().Order().ToArray() is var days ? days.Skip(1).Zip(days, (later, earlier) => (int)(later - earlier).TotalDays) : [])
            .Order()
            .ToList();
        var gaps = OrderGaps.Of(OrderLedger.Of(lines), Some.AsOf);
        Assert.Equal(expected.Count, gaps.Count);
        Assert.Equal(expected[(int)Math.Ceiling(0.9 * expected.Count) - 1], gaps.Quantile(0.9));
        Assert.Equal(expected.Count(days => days == 7), gaps.ByDays[7]);

        var parts = Enumerable.Range(0, 4).Select(part => OrderGaps.Of(OrderLedger.Of([.. lines.Where(line => line.Customer.Partition(4) == part)]), Some.AsOf));
        Assert.Equal(gaps.ByDays, parts.Aggregate(OrderGaps.None, (all, part) => all.Join(part)).ByDays);
    }

    private static OrderHistory History(int days) => new(Some.AsOf.AddDays(-days), Some.AsOf, 10);

    private static OrderGaps Gaps(params (int Days, long Count)[] gaps)
    {
        var counts = new long[gaps.Max(gap => gap.Days) + 1];
        foreach (var (days, count) in gaps)
            counts[days] = count;
        return new OrderGaps(counts);
    }

    private static ChurnPlan Choose(int history) =>
        ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(-history), Some.AsOf, 10), Some.AsOf, new ChurnOptions());
}
