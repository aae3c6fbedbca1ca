using SegFunctions.Customers.Predictions.Value;

namespace SegFunctions.Cli.Demo;

/// <summary>What customers are expected to bring, in a demo's result.</summary>
/// <param name="Model"><c>bgnbd</c>, <c>mbgnbd</c>, <c>paretonbd</c>, <c>nbd</c> or <c>none</c>.</param>
/// <param name="Published">Whether a model of who drops out beat a rate between the own one and that of all; otherwise that rate (<c>nbd</c>) is served.</param>
/// <param name="Days">Days over which value is summed.</param>
/// <param name="Total">Value of all customers; null where no amounts are known.</param>
/// <param name="NextOrderError">Days by which the next order came earlier or later than told, in the mean; null where it could not be measured.</param>
/// <param name="NaiveNextOrderError">The same of last order + usual gap.</param>
internal sealed record DemoLifetime(
    string Model, bool Published, int Days, double? Total, double? NextOrderError, double? NaiveNextOrderError, string Reason)
{
    public static DemoLifetime? From(ValueReport? report) => report is null
        ? null
        : new DemoLifetime(
            report.Model, report.Published, report.ValueDays, report.TotalValue, report.NextOrder?.AbsoluteError, report.NextOrder?.NaiveAbsoluteError, report.Reason.En);
}
