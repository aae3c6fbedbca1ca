using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

public sealed class ForecastTests
{
    private static readonly PurchaseFit Orders = PurchaseFitting.Fit(Cdnow.Histories, new PurchaseFitOptions());
    private static readonly SpendFit Spend = SpendFitting.Fit(Cdnow.Histories, new PurchaseFitOptions());

    [Fact]
    public void The_holdout_is_foretold_as_the_paper_says_and_better_than_by_own_rates()
    {
        var check = HoldoutCheck.Of(Orders.Model, Cdnow.Histories, Cdnow.Later, Cdnow.HoldoutWeeks);
        Assert.Equal(0.626, check.Correlation, 0.0005);
        Assert.Equal(1882, check.ActualTotal, 1e-6);
        Assert.Equal(0, check.Classes[0].Repeats);
        Assert.Equal(0.23, check.Classes[0].Expected, 0.006);
        Assert.Equal(0.24, check.Classes[0].Actual, 0.005);
        Assert.Equal(1411, check.Classes[0].Customers);
        Assert.Equal(2357, check.Classes.Sum(one => one.Customers));
        Assert.True(check.BeatsNaive, $"{check.MeanAbsoluteError} and {check.NaiveMeanAbsoluteError}, {check.RootMeanSquaredError} and {check.NaiveRootMeanSquaredError}");
        Assert.Contains("2 counts", Assert.Throws<ArgumentException>(() => HoldoutCheck.Of(Orders.Model, Cdnow.Histories, [1, 2], 3)).Message);
    }

    [Fact]
    public void Bg_nbd_suits_cdnow_and_is_said_not_to_suit_what_it_cannot_be()
    {
        var fit = RepeatCountFit.Of(Orders.Model, Cdnow.Histories);
        Assert.Null(fit.Warning);
        Assert.Equal(1411, fit.Classes[0].Actual);
        Assert.Equal(1411, fit.Classes[0].Expected, 10.0);
        Assert.Equal(2357, fit.Classes.Sum(one => one.Expected), 1e-6);
        Assert.InRange(fit.Probability, 0.01, 1);

        // Everybody orders exactly three times more.
        var rows = Enumerable.Range(0, 1000).Select(i => (3, 10.0 + (i % 20), 30.0 + (i % 20))).ToArray();
        var poor = RepeatCountFit.Of(PurchaseFitting.Fit(SomeHistories.Of(rows), new PurchaseFitOptions()).Model, SomeHistories.Of(rows));
        Assert.Contains("does not suit these data", poor.Warning!.En);
        Assert.Contains("ne convient pas", poor.Warning.Fr);
    }

    [Fact]
    public void The_tracking_plot_adds_up_to_what_was_ordered_and_expected()
    {
        var (model, days) = (Orders.Model, 280);
        var first = new int[days];
        var repeats = new int[days];
        for (var i = 0; i < 84; i++)
            first[i] = 28;
        for (var i = 0; i < days; i++)
            repeats[i] = i % 3;
        var plot = TrackingPlot.Of(model, first, repeats, fitted: 273, ticksPerStep: 7);
        Assert.Equal(40, plot.Count);
        Assert.Equal(repeats.Sum(), plot[^1].ActualSoFar);
        Assert.Equal(plot.Sum(step => step.Expected), plot[^1].ExpectedSoFar, 1e-9);
        Assert.Equal(Enumerable.Range(0, 84).Sum(day => 28 * model.ExpectedOrders(PurchaseHistory.New, (279 - day) / 7.0)), plot[^1].ExpectedSoFar, 1e-9);
        Assert.Equal(1, plot.Count(step => step.Holdout));
        Assert.All(plot, step => Assert.True(step.Expected >= 0));
    }

    [Fact]
    public void Value_is_amount_times_orders_and_discount_takes_its_share()
    {
        var history = Cdnow.First;
        var plain = new LifetimeForecast(Orders.Model, Spend, new ForecastOptions { Horizon = 39, AnnualDiscount = 0 }).Of(history, 22.35);
        Assert.Equal(1.2260, plain.Orders, 0.0001);
        Assert.Equal(plain.Orders * Spend.ExpectedAmount(2, 22.35), plain.Value, 1e-9);
        Assert.Equal(0.7266, plain.Alive, 0.0001);

        // Day by day, each day's orders discounted at its middle.
        foreach (var (horizon, discount) in (ReadOnlySpan<(double, double)>)[(39, 0.1), (520, 0.15), (5, 0.5)])
        {
            var forecast = new LifetimeForecast(Orders.Model, Spend, new ForecastOptions { Horizon = horizon, AnnualDiscount = discount }).Of(history, 22.35);
            var (sum, before) = (0.0, 0.0);
            for (var day = 1; day <= horizon * 7; day++)
            {
                var until = Orders.Model.ExpectedOrders(history, day / 7.0);
                sum += (until - before) * Math.Pow(1 + discount, -(day - 0.5) / 365.25);
                before = until;
            }

            Assert.Equal(1, forecast.Value / (sum * forecast.Amount), 2e-5);
        }
    }

    [Fact]
    public void Every_customer_is_forecast_as_alone_whatever_the_threads()
    {
        var options = new ForecastOptions { Horizon = 39 };
        var all = new LifetimeForecast(Orders.Model, Spend, options with { Threads = 3 }).All(Cdnow.Histories);
        Assert.Equal(all, new LifetimeForecast(Orders.Model, Spend, options with { Threads = 1 }).All(Cdnow.Histories));
        Assert.Equal(new LifetimeForecast(Orders.Model, Spend, options).Of(Cdnow.Histories[17], Cdnow.Histories.Spend[17]), all[17]);
        var unknown = new LifetimeForecast(Orders.Model, spend: null, options).Of(Cdnow.Histories[17], 0);
        Assert.True(double.IsNaN(unknown.Value) && double.IsNaN(unknown.Amount));
        Assert.Equal(all[17].Orders, unknown.Orders);
    }

    [Fact]
    public void Ranges_hold_as_often_as_they_promise()
    {
        var (histories, later) = SomeHistories.BetaGeometric(6000, 0.8, 5, 0.8, 4, seed: 9);
        histories = SomeHistories.WithSpend(histories, 4, 3, 30);
        var orders = PurchaseFitting.Fit(histories, new PurchaseFitOptions());
        var spend = SpendFitting.Fit(histories, new PurchaseFitOptions());
        var forecast = new LifetimeForecast(orders.Model, spend, new ForecastOptions { Horizon = 26, AnnualDiscount = 0, Level = 0.8 });
        var random = new Xoshiro256(77);
        var (within, below, above, paid) = (0, 0, 0, 0);
        for (var i = 0; i < histories.Count; i++)
        {
            var range = forecast.RangeOf(histories[i], histories.Spend[i]);
            Assert.True(range.OrdersLow <= range.OrdersHigh && range.ValueLow <= range.ValueHigh);
            below += later[i] < range.OrdersLow ? 1 : 0;
            above += later[i] > range.OrdersHigh ? 1 : 0;
            // What this customer's orders cost: a rate drawn from what the own orders leave open, then an amount an order.
            var x = histories.Repeats[i];
            var rate = SomeHistories.Gamma(random, (4 * x) + 3) / (30 + (x * histories.Spend[i]));
            var value = later[i] == 0 ? 0 : SomeHistories.Gamma(random, 4.0 * later[i]) / rate;
            within += value >= range.ValueLow && value <= range.ValueHigh ? 1 : 0;
            paid += value > range.ValueHigh ? 1 : 0;
        }

        double n = histories.Count;
        Assert.InRange(below / n, 0, 0.1 + 0.01);
        Assert.InRange(above / n, 0, 0.1 + 0.01);
        Assert.InRange(paid / n, 0.06, 0.14);
        Assert.InRange(within / n, 0.8 - 0.03, 1);
    }

    [Fact]
    public void The_total_carries_the_uncertainty_of_the_fit_and_less_of_it_with_more_customers()
    {
        var options = new ForecastOptions { Horizon = 39 };
        var all = new LifetimeForecast(Orders.Model, Spend, options).All(Cdnow.Histories);
        var (orders, value) = TotalForecasting.Of(Orders, Spend, Cdnow.Histories, options, all);
        Assert.Equal(all.Sum(one => one.Orders), orders.Expected, 1e-6);
        Assert.InRange(orders.High / orders.Expected, 1.02, 1.2);
        Assert.InRange(value.High / value.Expected, 1.02, 1.25);
        Assert.Equal(orders.Expected / orders.Low, orders.High / orders.Expected, 1e-9);

        var many = SomeHistories.WithSpend(SomeHistories.BetaGeometric(40_000, 0.243, 4.4, 0.793, 2.43).Histories, 6, 3.7, 15);
        var (manyOrders, manySpend) = (PurchaseFitting.Fit(many, new PurchaseFitOptions()), SpendFitting.Fit(many, new PurchaseFitOptions()));
        var (more, _) = TotalForecasting.Of(manyOrders, manySpend, many, options, new LifetimeForecast(manyOrders.Model, manySpend, options).All(many));
        Assert.True(more.High / more.Expected < 1 + (0.5 * ((orders.High / orders.Expected) - 1)));
    }

    [Fact]
    public void A_stored_model_comes_back_whole_and_a_damaged_one_does_not()
    {
        var model = new LifetimeModel(Orders, Spend);
        var bytes = Some.Bytes(model.Save);
        var loaded = LifetimeModel.Load(new MemoryStream(bytes));
        Assert.Equal(bytes, Some.Bytes(loaded.Save));
        Assert.Equal(Orders.Model.Values, loaded.Purchases.Model.Values);
        Assert.Equal(Orders.Outcome, loaded.Purchases.Outcome);
        Assert.Equal(Spend.ExpectedAmount(3, 20), loaded.Spend!.ExpectedAmount(3, 20));
        Assert.Null(LifetimeModel.Load(new MemoryStream(Some.Bytes(new LifetimeModel(Orders, Spend: null).Save))).Spend);

        for (var length = 0; length < bytes.Length; length += 37)
            Assert.Throws<InvalidDataException>(() => LifetimeModel.Load(new MemoryStream(bytes[..length])));
        var header = 12 + BitConverter.ToInt32(bytes, 8);
        for (var at = 0; at < header; at += 3)
        {
            var damaged = bytes.ToArray();
            damaged[at] = (byte)'9';
            if (Record.Exception(() => LifetimeModel.Load(new MemoryStream(damaged))) is { } exception)
                Assert.IsType<InvalidDataException>(exception);
        }

        // A parameter that cannot be one.
        var parameters = bytes.ToArray();
        BitConverter.GetBytes(-1.0).CopyTo(parameters, header);
        Assert.Contains("r is -1", Assert.Throws<InvalidDataException>(() => LifetimeModel.Load(new MemoryStream(parameters))).Message);
    }

    [Fact]
    public void Wrong_options_are_all_told_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => new LifetimeForecast(Orders.Model, Spend, new ForecastOptions { Horizon = -1, AnnualDiscount = double.NaN, Level = 1, UnitsPerYear = 0 })).Message;
        foreach (var fault in (string[])["Horizon is -1", "AnnualDiscount is NaN", "Level is 1", "UnitsPerYear is 0"])
            Assert.Contains(fault, message);
    }
}
