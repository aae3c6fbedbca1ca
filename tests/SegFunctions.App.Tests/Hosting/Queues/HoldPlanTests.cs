using SegFunctions.App.Hosting.Queues;

namespace SegFunctions.App.Tests.Hosting.Queues;

public sealed class HoldPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void Hold_is_renewed_at_half_time()
    {
        var plan = new HoldPlan(TimeSpan.FromSeconds(30), Start);
        Assert.Equal(TimeSpan.FromSeconds(15), plan.Wait(Start));

        plan.Renewed(Start.AddSeconds(15));

        Assert.Equal(TimeSpan.FromSeconds(15), plan.Wait(Start.AddSeconds(15)));
        Assert.False(plan.IsLost(Start.AddSeconds(44)));
    }

    [Fact]
    public void Failed_renewals_are_tried_again_ever_sooner_until_the_hold_ends()
    {
        var plan = new HoldPlan(TimeSpan.FromSeconds(30), Start);
        var now = Start;
        var waits = new List<double>();
        while (!plan.IsLost(now))
        {
            var wait = plan.Wait(now);
            waits.Add(wait.TotalSeconds);
            now += wait;
        }

        Assert.Equal([15, 7.5, 3.75, 1.875, 1, 0.875], waits);
        Assert.Equal(Start.AddSeconds(30), now);
    }
}
