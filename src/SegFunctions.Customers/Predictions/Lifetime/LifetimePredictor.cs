using SegFunctions.Customers.Features;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>Scores customers with a fitted model. Immutable, safe for many threads.</summary>
public sealed class LifetimePredictor
{
    // Farther away a day says nothing.
    private const double FarthestDays = 3650;

    private readonly LifetimeOptions _options;
    private readonly DateTime _asOf;
    private readonly LifetimeForecast _forecast;

    /// <param name="asOf">UTC; as of when histories end.</param>
    /// <exception cref="ArgumentException">Options are out of range; all are listed.</exception>
    public LifetimePredictor(LifetimeModel model, DateTime asOf, LifetimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Model = model;
        _asOf = asOf;
        _options = options;
        _forecast = new LifetimeForecast(model.Purchases.Model, model.Spend, Forecasting(options));
    }

    /// <summary>Stored by its <see cref="LifetimeModel.Save"/>.</summary>
    public LifetimeModel Model { get; }

    /// <summary>A score for every customer of <see cref="OrderLedger.Customers"/>, in order; null for one without purchase before the as-of date.</summary>
    public LifetimeScore?[] Score(OrderLedger ledger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var observed = LedgerPurchases.Of(ledger, _asOf, _asOf);
        var scores = new LifetimeScore?[ledger.Customers.Count];
        if (observed is null)
            return scores;
        Parallel.For(0, observed.Customers.Length, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads ?? -1, CancellationToken = cancellationToken }, i =>
            scores[observed.Customers[i]] = ScoreOf(observed.Histories[i], observed.Histories.Spend.IsEmpty ? 0 : observed.Histories.Spend[i]));
        return scores;
    }

    /// <summary>The score of one history, in weeks.</summary>
    public LifetimeScore ScoreOf(PurchaseHistory history, double meanAmount)
    {
        var forecast = _forecast.Of(history, meanAmount);
        var range = _forecast.RangeOf(history, meanAmount);
        var wait = Model.Purchases.Model.MedianWait(history) * ObservedPurchases.DaysPerWeek;
        DateTime? next = forecast.Alive >= 0.5 && wait <= FarthestDays ? _asOf.Date.AddDays(Math.Ceiling(wait)) : null;
        return new LifetimeScore(
            forecast.Alive,
            forecast.Orders,
            Whole(range.OrdersLow),
            Whole(range.OrdersHigh),
            Known(forecast.Value),
            Known(range.ValueLow),
            Known(range.ValueHigh),
            next,
            [Past(history), Future(forecast)]);

        static double? Known(double value) => double.IsFinite(value) ? value : null;

        static int Whole(double orders) => (int)Math.Min(orders, int.MaxValue);
    }

    internal static ForecastOptions Forecasting(LifetimeOptions options) => new()
    {
        Horizon = options.HorizonDays / (double)ObservedPurchases.DaysPerWeek,
        AnnualDiscount = options.AnnualDiscount,
        Level = options.Level,
        Threads = options.Threads,
    };

    private static Bilingual Past(PurchaseHistory history)
    {
        var orders = history.Repeats + 1.0;
        var (age, silent) = (Wording.Days(history.Age * ObservedPurchases.DaysPerWeek), Wording.Days((history.Age - history.Recency) * ObservedPurchases.DaysPerWeek));
        return new Bilingual(
            $"{Wording.Number(orders).En} {(orders == 1 ? "order day" : "order days")} in {age.En}, the last {silent.En} ago",
            $"{Wording.Number(orders).Fr} {(orders < 2 ? "jour" : "jours")} de commande en {age.Fr}, le dernier il y a {silent.Fr}");
    }

    private Bilingual Future(CustomerForecast forecast)
    {
        var (alive, orders, days) = (Wording.Percent(forecast.Alive), Wording.Number(forecast.Orders, 1), Wording.Days(_options.HorizonDays));
        return new Bilingual(
            $"still a customer with a probability of {alive.En}; {orders.En} orders expected in {days.En}",
            $"toujours client avec une probabilité de {alive.Fr} ; {orders.Fr} commandes attendues en {days.Fr}");
    }
}
