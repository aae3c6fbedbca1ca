namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// Expected orders and customer lifetime value over a horizon (Fader, Hardie &amp; Lee, "RFM and CLV", Journal of Marketing Research 42,
/// 2005): value = expected amount of an order × expected orders, each order discounted continuously from the moment at which it is
/// expected, at ln(1 + annual discount) a year. Amounts and orders are taken as independent, as Gamma-Gamma assumes.
/// </summary>
public sealed class LifetimeForecast
{
    private readonly PurchaseModel _model;
    private readonly SpendFit? _spend;
    private readonly ForecastOptions _options;
    private readonly double _discount;

    /// <param name="model">Orders.</param>
    /// <param name="spend">Amounts; null when they are not known.</param>
    /// <exception cref="ArgumentException">Options out of range.</exception>
    public LifetimeForecast(PurchaseModel model, SpendFit? spend, ForecastOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _model = model;
        _spend = spend;
        _options = options;
        _discount = Math.Log(1 + options.AnnualDiscount) / options.UnitsPerYear;
    }

    /// <param name="meanAmount">Of the repeat orders; 0 when there are none.</param>
    public CustomerForecast Of(PurchaseHistory history, double meanAmount)
    {
        var alive = _model.AliveProbability(history);
        var orders = _model.OrdersIfAlive(history, _options.Horizon).Mean;
        var amount = _spend?.ExpectedAmount(history.Repeats, meanAmount) ?? double.NaN;
        return new CustomerForecast(alive, alive * orders, amount, alive * Discounted(history, orders) * amount);
    }

    /// <summary>Every customer's forecast, in order.</summary>
    public CustomerForecast[] All(PurchaseHistories histories, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var forecasts = new CustomerForecast[histories.Count];
        using var team = new ChunkTeam(_options.Threads, cancellationToken);
        var chunks = FixedChunks.Of(histories.Count, most: 1024, smallest: 256);
        team.Run(new Work(this, histories, forecasts, chunks), chunks.Count);
        return forecasts;
    }

    /// <summary>The interval of one customer's own future. The ends of the orders are exact; the value is taken as lognormal given that anything is ordered.</summary>
    public CustomerRange RangeOf(PurchaseHistory history, double meanAmount)
    {
        var alive = _model.AliveProbability(history);
        var moments = _model.OrdersIfAlive(history, _options.Horizon);
        var tail = (1 - _options.Level) / 2;
        var (low, high) = OrderQuantiles.Of(_model, history, _options.Horizon, alive, moments, tail);
        if (_spend is null || moments.Mean <= 0)
            return new CustomerRange(low, high, _spend is null ? double.NaN : 0, _spend is null ? double.NaN : 0);

        // ln S of n orders of a gamma(p, ν) amount: about ln n + ln p − ln ν; n and ν spread it.
        var some = 1 - _model.NoOrderIfAlive(history, _options.Horizon);
        var orders = moments.Mean / some;
        var spread = Math.Max(0, (moments.MeanSquare / some / (orders * orders)) - 1);
        var variance = Math.Log(1 + spread);
        var centre = Math.Log(orders) - (variance / 2) + Math.Log(Discounted(history, moments.Mean) / moments.Mean);
        if (_spend.Model is { } amounts)
        {
            var known = history.Repeats > 0 && meanAmount > 0 ? history.Repeats : 0;
            var (all, own) = (GammaFunctions.At(amounts.P * orders), GammaFunctions.At((amounts.P * known) + amounts.Q));
            variance += all.Trigamma + own.Trigamma;
            centre += all.Psi - Math.Log(orders) - own.Psi + Math.Log(amounts.Gamma + (known * meanAmount));
        }
        else
        {
            centre += Math.Log(_spend.ExpectedAmount(history.Repeats, meanAmount));
        }

        return new CustomerRange(low, high, At(tail), At(1 - tail));

        double At(double share)
        {
            var none = 1 - (alive * some);
            return share <= none || alive * some <= 0 ? 0 : Math.Exp(centre + (Math.Sqrt(variance) * NormalDistribution.Quantile((share - none) / (1 - none))));
        }
    }

    /// <summary>Orders weighed with what each is worth at T: ∫ e^(−δt) dE(t) = e^(−δH) E(H) + δ ∫ e^(−δt) E(t) dt.</summary>
    /// <param name="orders">E(H).</param>
    private double Discounted(PurchaseHistory history, double orders)
    {
        var horizon = _options.Horizon;
        if (_discount == 0 || horizon == 0)
            return orders;
        // Expected orders bend on the scale of α + T; in ln(1 + t/(α + T)) they hardly do.
        var scale = _model.Values[1] + history.Age;
        var length = GammaFunctions.LogOnePlus(horizon / scale);
        var (nodes, weights) = GaussLegendre.Five;
        var integral = 0.0;
        for (var node = 0; node < nodes.Length; node++)
        {
            var time = scale * GammaFunctions.ExpMinusOne(length * nodes[node]);
            integral += weights[node] * length * (scale + time) * Math.Exp(-_discount * time) * _model.OrdersIfAlive(history, time).Mean;
        }

        return (Math.Exp(-_discount * horizon) * orders) + (_discount * integral);
    }

    private sealed class Work(LifetimeForecast forecast, PurchaseHistories histories, CustomerForecast[] forecasts, FixedChunks chunks) : IChunkWork
    {
        public void Run(int chunk)
        {
            for (var i = chunks.Start(chunk); i < chunks.End(chunk); i++)
                forecasts[i] = forecast.Of(histories[i], histories.Spend.IsEmpty ? 0 : histories.Spend[i]);
        }
    }
}
