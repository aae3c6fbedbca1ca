using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>What a customer is expected to bring; null without purchase, or where that is not told.</summary>
/// <param name="PAlive">Probability of still being a customer; null where it cannot be seen that customers drop out for good.</param>
/// <param name="ExpectedOrders">Order days in the horizon.</param>
/// <param name="Clv">Customer lifetime value: what those orders are expected to bring, discounted.</param>
/// <param name="ClvLow">Lower end of the interval in which what this customer brings will lie; <c>lifetime</c> of the run has its level.</param>
/// <param name="Band">The top fifth of the customers, the next up to the middle, the lower half.</param>
/// <param name="NextOrder">UTC day on which the next order is expected; null where none is likely soon.</param>
/// <param name="Model"><c>nbd</c>, a rate between the own one and that of all, where no model was surely better.</param>
public sealed record LifetimeAnswer(
    double? PAlive, double ExpectedOrders, int HorizonDays, double? Clv, double? ClvLow, double? ClvHigh, ValueBand? Band,
    DateOnly? NextOrder, string Model, IReadOnlyList<string> Reasons)
{
    internal static LifetimeAnswer? From(LifetimeStanding? lifetime, Language language) => lifetime is null
        ? null
        : new LifetimeAnswer(
            lifetime.PAlive, lifetime.ExpectedOrders, lifetime.HorizonDays, lifetime.Clv, lifetime.ClvLow, lifetime.ClvHigh, lifetime.Band,
            lifetime.NextOrder, lifetime.Model, [.. lifetime.Reasons.Select(reason => reason.In(language))]);
}
