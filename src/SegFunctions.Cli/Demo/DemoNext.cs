using SegFunctions.Customers.Predictions.CrossSell;

namespace SegFunctions.Cli.Demo;

/// <summary>What customers may buy next, in a demo's result.</summary>
/// <param name="Model"><c>related</c>, <c>popular</c> or <c>none</c>.</param>
/// <param name="Published">Whether related items beat popular ones; otherwise popular ones are served.</param>
/// <param name="HitRate">Share of customers who bought one of the related items proposed; null where it could not be measured.</param>
/// <param name="PopularHitRate">The same with popular items.</param>
internal sealed record DemoNext(string Model, bool Published, double? HitRate, double? PopularHitRate, string Reason)
{
    public static DemoNext? From(CrossSellReport? report) =>
        report is null ? null : new DemoNext(report.Model, report.Published, report.HitRate, report.PopularHitRate, report.Reason.En);
}
