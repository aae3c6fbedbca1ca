using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Tests.Features;

public sealed class AsOfTests
{
    private static readonly DateTime Now = Some.Day("2026-03-15 10:30");

    [Fact]
    public void Old_orders_are_looked_at_from_midnight_after_their_newest_day()
    {
        var asOf = AsOf.Choose(null, Some.Day("2011-12-09 12:50"), Now);

        Assert.Equal(Some.Day("2011-12-10"), asOf.Instant);
        Assert.Equal(DateTimeKind.Utc, asOf.Instant.Kind);
        Assert.Equal(AsOfBasis.NewestOrder, asOf.Basis);
        Assert.Contains("9 Dec 2011", asOf.Reason.En, StringComparison.Ordinal);
        Assert.Contains("9 déc. 2011", asOf.Reason.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_of_exactly_thirty_days_is_old()
    {
        Assert.Equal(AsOfBasis.NewestOrder, AsOf.Choose(null, Now.AddDays(-30), Now).Basis);
        Assert.Equal(new(Now, AsOfBasis.Now), Pair(AsOf.Choose(null, Now.AddDays(-30).AddTicks(1), Now)));
    }

    [Fact]
    public void A_request_is_obeyed_whatever_the_orders() =>
        Assert.Equal(new(Some.Day("2020-01-01"), AsOfBasis.Requested), Pair(AsOf.Choose(Some.Day("2020-01-01"), Now, Now)));

    [Fact]
    public void Without_orders_it_is_now() => Assert.Equal(new(Now, AsOfBasis.Now), Pair(AsOf.Choose(null, null, Now)));

    private static KeyValuePair<DateTime, AsOfBasis> Pair(AsOf asOf) => new(asOf.Instant, asOf.Basis);
}
