using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Value;

/// <summary>
/// What can be said of orders to come without knowing of each customer whether they left: everybody goes on at a rate between the own
/// one and that of all customers, (r + x) ÷ (α + T) for x order days after the first in a time T (NBD, Ehrenberg 1959; r and α by
/// maximum likelihood over all customers). Of a customer of a day nothing is known yet, and the rate is that of all; of one of years it
/// is the own. How many leave is taken off all alike.
/// </summary>
/// <param name="R">Shape of the rates over customers.</param>
/// <param name="Alpha">In weeks: as much time as the rate of all counts beside the own.</param>
/// <param name="Kept">Orders of all customers as the model of who drops out has them ÷ those that the rates promise; at most 1.</param>
public sealed record ShrunkenRate(double R, double Alpha, double Kept)
{
    /// <param name="rate">The NBD, fitted to <paramref name="histories"/>.</param>
    /// <param name="model">The model of who drops out, fitted to them: not surely better at telling who orders, but it sees that customers leave.</param>
    /// <param name="weeks">Time over which orders are expected.</param>
    internal static ShrunkenRate Of(PurchaseModel rate, PurchaseModel model, PurchaseHistories histories, double weeks)
    {
        var (promised, expected) = (0.0, 0.0);
        for (var i = 0; i < histories.Count; i++)
        {
            promised += rate.ExpectedOrders(histories[i], weeks);
            expected += model.ExpectedOrders(histories[i], weeks);
        }

        return new ShrunkenRate(rate.Parameters[0].Value, rate.Parameters[1].Value, expected < promised ? expected / promised : 1);
    }

    /// <summary>The forecast: of orders at a share of the rate there are as many as at the full rate in that share of the time.</summary>
    internal LifetimeForecast Forecast(SpendFit? spend, ForecastOptions options) => new(
        PurchaseModel.Of(PurchaseModelKind.Nbd, R, Alpha),
        spend,
        options with { Horizon = options.Horizon * Kept, UnitsPerYear = options.UnitsPerYear * Kept });
}
