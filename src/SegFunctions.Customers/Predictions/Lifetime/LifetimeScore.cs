using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>The prediction for one customer.</summary>
/// <param name="Alive">Probability that the customer has not dropped out.</param>
/// <param name="Orders">Expected orders in the horizon (days with orders).</param>
/// <param name="OrdersLow">Whole orders between which the customer's own will lie, with the level's probability.</param>
/// <param name="Value">Expected amount of those orders, discounted; null when no amounts are known.</param>
/// <param name="ValueLow">Between what the customer's own value will lie, with the level's probability.</param>
/// <param name="NextOrder">UTC day by which half of such customers who still buy will have ordered; null when dropping out is likelier than not, or half never will.</param>
/// <param name="Reasons">In words; never empty.</param>
public sealed record LifetimeScore(
    double Alive,
    double Orders,
    int OrdersLow,
    int OrdersHigh,
    double? Value,
    double? ValueLow,
    double? ValueHigh,
    DateTime? NextOrder,
    IReadOnlyList<Bilingual> Reasons);
