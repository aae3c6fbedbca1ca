namespace SegFunctions.Learning.Lifetime;

/// <summary>Sums of forecasts with the uncertainty that the fit leaves in them.</summary>
public static class TotalForecasting
{
    // Parameters move all customers alike, so a sample tells how much.
    private const int Sample = 2000;
    private const double Nudge = 1e-3;

    /// <param name="forecasts">Of every customer, in the order of the histories.</param>
    /// <returns>Orders, and value (NaN when no amounts are known). Low and high are NaN when a fit has no covariance.</returns>
    public static (TotalForecast Orders, TotalForecast Value) Of(PurchaseFit purchases, SpendFit? spend, PurchaseHistories histories, ForecastOptions options, IReadOnlyList<CustomerForecast> forecasts)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(forecasts);
        var (orders, value) = (0.0, 0.0);
        foreach (var forecast in forecasts)
        {
            orders += forecast.Orders;
            value += forecast.Value;
        }

        var (byOrders, byValue) = Slopes(purchases, spend, histories, options);
        var z = NormalDistribution.Quantile((1 + options.Level) / 2);
        return (Total(orders, byOrders), Total(value, byValue));

        TotalForecast Total(double sum, double[] slopes)
        {
            var size = purchases.Model.Values.Length;
            var variance = Variance(slopes.AsSpan(0, size), purchases.LogCovariance) + (slopes.Length > size ? Variance(slopes.AsSpan(size), spend!.LogCovariance) : 0);
            var factor = Math.Exp(z * Math.Sqrt(variance));
            return new TotalForecast(sum, sum / factor, sum * factor);
        }
    }

    /// <summary>∂ ln(total)/∂ ln(parameter) over a sample, by central differences: of the orders, then of the value, spend's parameters last.</summary>
    private static (double[] Orders, double[] Value) Slopes(PurchaseFit purchases, SpendFit? spend, PurchaseHistories histories, ForecastOptions options)
    {
        var size = purchases.Model.Values.Length;
        var amounts = spend?.Model is not null && spend.LogCovariance.Count > 0 ? 3 : 0;
        var orders = new double[size];
        var value = new double[size + amounts];
        for (var i = 0; i < size + amounts; i++)
        {
            var (up, down) = (Totals(i, Nudge), Totals(i, -Nudge));
            if (i < size)
                orders[i] = Math.Log(up.Orders / down.Orders) / (2 * Nudge);
            value[i] = Math.Log(up.Value / down.Value) / (2 * Nudge);
        }

        return (orders, value);

        (double Orders, double Value) Totals(int parameter, double nudge)
        {
            var own = (double[])purchases.Model.Values.Clone();
            var paid = spend;
            if (parameter < size)
                own[parameter] *= Math.Exp(nudge);
            else
                paid = Nudged(spend!, parameter - size, nudge);
            var forecast = new LifetimeForecast(PurchaseModel.Of(purchases.Model.Kind, own), paid, options);
            var step = Math.Max(1, histories.Count / Sample);
            var sum = (Orders: 0.0, Value: 0.0);
            for (var i = 0; i < histories.Count; i += step)
            {
                var one = forecast.Of(histories[i], histories.Spend.IsEmpty ? 0 : histories.Spend[i]);
                sum = (sum.Orders + one.Orders, sum.Value + one.Value);
            }

            return sum;
        }
    }

    private static SpendFit Nudged(SpendFit spend, int parameter, double nudge)
    {
        double[] values = [spend.Model!.P, spend.Model.Q, spend.Model.Gamma];
        values[parameter] *= Math.Exp(nudge);
        return spend with { Model = new GammaGammaModel(values[0], values[1], values[2]) };
    }

    private static double Variance(ReadOnlySpan<double> slopes, IReadOnlyList<double> covariance)
    {
        if (covariance.Count == 0)
            return double.NaN;
        var variance = 0.0;
        for (var i = 0; i < slopes.Length; i++)
        {
            for (var j = 0; j < slopes.Length; j++)
                variance += slopes[i] * slopes[j] * covariance[(i * slopes.Length) + j];
        }

        return variance;
    }
}
