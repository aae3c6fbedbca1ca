using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Lifetime;
using SegFunctions.Customers.Tests.Features;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Customers.Tests.Predictions.Lifetime;

public sealed class LifetimeTrainingTests
{
    private static readonly OrderLine[] Lines = Leaving(500, seed: 3);
    private static readonly OrderLedger Ledger = OrderLedger.Of(Lines);
    private static readonly LifetimeResult Learned = LifetimeTraining.Fit(Ledger, Shop.AsOf, new LifetimeOptions { HorizonDays = 90 });

    [Fact]
    public void Where_customers_leave_the_model_is_published_against_their_own_rates()
    {
        var report = Learned.Report;
        Assert.True(report.Published, report.Reason.En);
        Assert.True(report.Identifiable);
        Assert.Equal(90, report.HoldoutDays);
        Assert.True(report.Gain!.Lower > 0);
        Assert.True(report.Figures!.SquaredError < report.Naive!.SquaredError);
        Assert.Contains("lower than that of each customer’s own rate", report.Reason.En, StringComparison.Ordinal);
        Assert.InRange(report.Orders!.Expected, report.Orders.Lower!.Value, report.Orders.Upper!.Value);
        Assert.NotNull(report.Value);
        Assert.NotNull(report.ChoiceReason);
        // As the refresh stores it.
        var stored = JsonSerializer.Deserialize<LifetimeReport>(JsonSerializer.Serialize(report))!;
        Assert.Equal(report.Parameters, stored.Parameters);
        Assert.Equal(report.Reason, stored.Reason);
    }

    [Fact]
    public void Every_buyer_has_a_score_that_hangs_together()
    {
        var scores = Learned.Predictor!.Score(Ledger);
        Assert.Equal(Ledger.Customers.Count, scores.Length);
        var total = 0.0;
        for (var row = 0; row < scores.Length; row++)
        {
            if (!Ledger.BoughtBetween(Ledger.Customers[row], DateTime.MinValue, Shop.AsOf))
            {
                Assert.Null(scores[row]);
                continue;
            }

            var score = scores[row]!;
            total += score.Orders;
            Assert.InRange(score.Alive, 0, 1);
            Assert.InRange(score.Value!.Value, 0, double.MaxValue);
            Assert.True(score.OrdersLow <= score.OrdersHigh && score.ValueLow <= score.ValueHigh);
            Assert.True(score.NextOrder is null || score.NextOrder > Shop.AsOf);
            Assert.True(score.Alive >= 0.5 || score.NextOrder is null);
            Assert.All(score.Reasons, reason => Assert.True(reason.En.Length > 0 && reason.Fr.Length > 0));
        }

        Assert.Equal(Learned.Report.Orders!.Expected, total, 1e-6);
        Assert.Contains(scores, score => score is { Alive: < 0.3 });
        Assert.Contains(scores, score => score is { Alive: > 0.8, NextOrder: not null });
    }

    [Fact]
    public void Nothing_at_or_after_the_as_of_date_is_read()
    {
        var before = Lines.Where(line => line.Timestamp < Shop.AsOf).ToArray();
        var alone = LifetimeTraining.Fit(OrderLedger.Of(before), Shop.AsOf, new LifetimeOptions { HorizonDays = 90 });
        Assert.Equal(Bytes(Learned.Predictor!.Model), Bytes(alone.Predictor!.Model));
    }

    [Fact]
    public void Orders_of_a_day_are_one_and_returns_and_gifts_are_none()
    {
        var at = Shop.Opened.AddDays(1);
        OrderLine[] lines =
        [
            Line(1, at, 10, OrderLineKind.Purchase),
            Line(1, at.AddDays(7), 20, OrderLineKind.Purchase),
            Line(1, at.AddDays(7).AddHours(5), 22, OrderLineKind.Purchase),
            Line(1, at.AddDays(9), 20, OrderLineKind.Return),
            Line(1, at.AddDays(10), 0, OrderLineKind.Free),
            Line(2, at.AddDays(30), 5, OrderLineKind.Purchase),
            Line(3, at.AddDays(12), 5, OrderLineKind.Return),
        ];
        var ledger = OrderLedger.Of(lines);
        var observed = LedgerPurchases.Of(ledger, at.Date.AddDays(22), at.Date.AddDays(60))!;
        Assert.Equal(1, observed.Histories.Count);
        Assert.Equal(new PurchaseHistory(1, 1, 3), observed.Histories[0]);
        Assert.Equal(42, observed.Histories.Spend[0]);
        Assert.Equal(1, observed.NotYet);
        Assert.Equal(26, observed.MeanDay);
        Assert.Equal([0], observed.Later);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var one = LifetimeTraining.Fit(Ledger, Shop.AsOf, new LifetimeOptions { HorizonDays = 90, Threads = 1 });
        var two = LifetimeTraining.Fit(Ledger, Shop.AsOf, new LifetimeOptions { HorizonDays = 90, Threads = 3 });
        Assert.Equal(Bytes(one.Predictor!.Model), Bytes(two.Predictor!.Model));
        Assert.Equal(one.Report.Gain, two.Report.Gain);
        Assert.Equal(one.Predictor.Score(Ledger).Select(score => score?.Value), two.Predictor.Score(Ledger).Select(score => score?.Value));
    }

    [Fact]
    public void Too_short_a_history_is_fitted_but_not_published()
    {
        var lines = Lines.Where(line => line.Timestamp < Shop.Opened.AddDays(50)).ToArray();
        var (predictor, report) = LifetimeTraining.Fit(OrderLedger.Of(lines), Shop.Opened.AddDays(50), new LifetimeOptions());
        Assert.NotNull(predictor);
        Assert.False(report.Published);
        Assert.Null(report.HoldoutDays);
        Assert.Contains("too short", report.Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_orders_there_is_nothing_and_it_is_said()
    {
        var (predictor, report) = LifetimeTraining.Fit(OrderLedger.Of([]), Shop.AsOf, new LifetimeOptions());
        Assert.Null(predictor);
        Assert.Equal("none", report.Model);
        Assert.Contains("no purchase", report.Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_all_told_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => LifetimeTraining.Fit(Ledger, Shop.AsOf, new LifetimeOptions { HorizonDays = 0, AnnualDiscount = -1, Level = 2, MinimumHistoryDays = 3 })).Message;
        foreach (var fault in (string[])["HorizonDays is 0", "AnnualDiscount is -1", "Level is 2", "MinimumHistoryDays is 3"])
            Assert.Contains(fault, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_model_scores_as_before()
    {
        var loaded = LifetimeModel.Load(new MemoryStream(Bytes(Learned.Predictor!.Model)));
        var again = new LifetimePredictor(loaded, Shop.AsOf, new LifetimeOptions { HorizonDays = 90 }).Score(Ledger);
        Assert.Equal(Learned.Predictor.Score(Ledger).Select(score => score?.Value), again.Select(score => score?.Value));
    }

    /// <summary>Customers who order at random at their own paces and leave after an order with a chance of their own.</summary>
    private static OrderLine[] Leaving(int customers, int seed)
    {
        var random = new Random(seed);
        var lines = new List<OrderLine>();
        for (var customer = 0; customer < customers; customer++)
        {
            var (pace, leave, price) = (8 + (60 * random.NextDouble()), 0.3 * random.NextDouble(), 20 + (80 * random.NextDouble()));
            for (var day = random.NextDouble() * 150; day < 420; day -= Math.Log(1 - random.NextDouble()) * pace)
            {
                lines.Add(Line(customer, Shop.Opened.AddDays(day), price * (0.5 + random.NextDouble()), OrderLineKind.Purchase));
                if (random.NextDouble() < leave)
                    break;
            }
        }

        return [.. lines];
    }

    private static OrderLine Line(int customer, DateTime at, double amount, OrderLineKind kind) => new()
    {
        Customer = Some.Key(customer),
        Timestamp = at,
        Order = (ulong)at.Ticks,
        Product = 1,
        Quantity = 1,
        Amount = amount,
        Kind = kind,
    };

    private static byte[] Bytes(LifetimeModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
