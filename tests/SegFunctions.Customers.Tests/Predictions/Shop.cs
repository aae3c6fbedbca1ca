using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions;

/// <summary>Simulated shops whose truth is known.</summary>
internal static class Shop
{
    public static readonly DateTime Opened = Some.Day("2023-01-01");

    /// <summary>Six horizons of 60 days after opening.</summary>
    public static readonly DateTime AsOf = Opened.AddDays(360);

    /// <summary>Customers who order about every 12 or every 70 days, and leave for good after an order with a chance of 6 %.</summary>
    public static OrderLine[] TwoPaces(int customers, int seed)
    {
        var random = new Random(seed);
        var lines = new List<OrderLine>();
        for (var customer = 0; customer < customers; customer++)
        {
            var gap = customer % 2 == 0 ? 12 : 70;
            for (var day = random.NextDouble() * 200; day < 420; day += gap * (0.7 + 0.6 * random.NextDouble()))
            {
                lines.Add(Order(customer, Opened.AddDays(day), 20 + random.Next(80)));
                if (random.NextDouble() < 0.06)
                    break;
            }
        }

        return [.. lines];
    }

    /// <summary>Customers alike, who order at random: nothing tells who will come back.</summary>
    public static OrderLine[] WithoutPattern(int customers, int seed)
    {
        var random = new Random(seed);
        var lines = new List<OrderLine>();
        for (var customer = 0; customer < customers; customer++)
        {
            for (var day = -Math.Log(1 - random.NextDouble()) * 70; day < 420; day -= Math.Log(1 - random.NextDouble()) * 70)
                lines.Add(Order(customer, Opened.AddDays(day), 20 + random.Next(80)));
        }

        return [.. lines];
    }

    public static ChurnResult Fit(OrderLine[] lines, ChurnOptions options, int threads = 0)
    {
        var ledger = OrderLedger.Of(lines, threads);
        var plan = ChurnPlan.Choose(ledger.History(), AsOf, options);
        return ChurnTraining.Fit(plan, ChurnSample.Take(ledger, plan, threads), options);
    }

    private static OrderLine Order(int customer, DateTime at, double amount) => new()
    {
        Customer = Some.Key(customer),
        Timestamp = at,
        Order = (ulong)at.Ticks,
        Product = (ulong)(1 + at.Ticks % 9),
        Quantity = 1,
        Amount = amount,
        Kind = OrderLineKind.Purchase,
    };
}
