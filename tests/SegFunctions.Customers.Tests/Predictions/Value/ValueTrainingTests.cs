using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Customers.Tests.Predictions.Value;

public sealed class ValueTrainingTests
{
    private const int Horizon = 60;
    private static readonly DateTime AsOf = Some.Day("2024-01-01");
    private static readonly OrderLedger Ledger = OrderLedger.Of(Dropouts(1200, seed: 11));
    private static readonly OrderDays Today = OrderDays.Take(Ledger, AsOf, 0);
    private static readonly ValueResult Learned = Fit(Today);

    [Fact]
    public void Where_customers_order_at_random_and_drop_out_a_model_is_published()
    {
        var report = Learned.Report;
        Assert.True(report is { Published: true, Identifiable: true, Customers: 1200 }, report.Reason.En);
        Assert.Contains(report.Model, new[] { "bgnbd", "mbgnbd", "paretonbd" });
        Assert.True(report.Check!.Gain.Lower > 0);
        Assert.Equal(report.Check.RateSquaredError - report.Check.SquaredError, report.Check.Gain.Mean, 1e-9);
        Assert.InRange(report.Check.ExpectedOrders / report.Check.ActualOrders, 0.8, 1.25);
        Assert.Equal(["p", "q", "gamma"], report.Spend.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Scores_are_possible_and_bands_hold_their_shares()
    {
        var bands = new int[3];
        var total = 0.0;
        for (var row = 0; row < Today.Rows; row++)
        {
            var score = Learned.Model!.Score(Today, row)!;
            Assert.InRange(score.Alive!.Value, 0, 1);
            Assert.True(score.Orders >= 0 && score.Low <= score.High && score.Value >= 0);
            Assert.NotEmpty(score.Reasons);
            if (score.NextOrder is { } day)
                Assert.InRange(day, AsOf, AsOf.AddDays(Horizon));
            bands[(int)score.Band!.Value]++;
            total += score.Value!.Value;
        }

        Assert.InRange(bands[(int)ValueBand.High], 0.1 * Today.Rows, 0.2 * Today.Rows);
        Assert.InRange(bands[(int)ValueBand.Low], 0.5 * Today.Rows, 0.65 * Today.Rows);
        Assert.Equal(Learned.Report.TotalValue!.Value, total, 0.01 * total);
    }

    [Fact]
    public void Who_ordered_often_and_lately_is_worth_more_than_who_fell_silent()
    {
        var (lively, silent) = (Score(lastDaysAgo: 5), Score(lastDaysAgo: 250));

        Assert.True(lively.Alive > 0.8 && silent.Alive < 0.5);
        Assert.True(lively.Orders > 3 * silent.Orders && lively.Value > silent.Value);
        Assert.NotNull(lively.NextOrder);
        Assert.Null(silent.NextOrder);
        Assert.Equal("6 order days in 300 days, the last 250 days ago", silent.Reasons[0].En);
        Assert.StartsWith("un jour de commande vaut environ", silent.Reasons[1].Fr, StringComparison.Ordinal);

        static ValueScore Score(int lastDaysAgo)
        {
            var lines = Enumerable.Range(0, 6).Select(order => Some.Line(AsOf.AddDays(-300 + ((300 - lastDaysAgo) / 5.0 * order)).Date.ToString("yyyy-MM-dd"), 40)).ToArray();
            return Learned.Model!.Score(OrderDays.Take(OrderLedger.Of(lines), AsOf, 0), 0)!;
        }
    }

    [Fact]
    public void Clockwork_customers_go_on_at_little_less_than_their_own_rate_and_the_report_says_so()
    {
        var random = new Random(3);
        var lines = new List<OrderLine>();
        for (var customer = 0; customer < 300; customer++)
        {
            var gap = 5 + (customer % 25);
            for (var day = -random.Next(gap) - 1; day > -300; day -= gap)
                lines.Add(Some.Line(AsOf.AddDays(day).ToString("yyyy-MM-dd"), 20, customer: customer));
        }

        var (model, report) = Fit(OrderLedger.Of([.. lines]));

        Assert.True(report is { Model: "nbd", Published: false }, report.Reason.En);
        Assert.StartsWith("everybody is taken to go on at a rate between the own one and that of all", report.Reason.En, StringComparison.Ordinal);
        Assert.False(report.NextOrder!.Published);
        var today = OrderDays.Take(OrderLedger.Of([.. lines]), AsOf, 0);
        for (var row = 0; row < today.Rows; row++)
        {
            var score = model!.Score(today, row)!;
            Assert.Null(score.Alive);
            Assert.InRange(score.Orders / (today.Repeats(row) / today.History(row).Age * 365 / 7), 0.85, 1.3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void What_is_served_promises_about_what_a_shop_brings_of_young_customers_too(double leaving)
    {
        var (promised, came, young, youngCame, rates) = (0.0, 0.0, 0.0, 0.0, 0);
        for (var seed = 1; seed <= 8; seed++)
        {
            var year = OrderDays.Take(OrderLedger.Of(StationaryShop(150, leaving, seed)), AsOf, 365);
            var (model, report) = Fit(OrderLedger.Of(StationaryShop(150, leaving, seed)));
            rates += report.Published ? 0 : 1;
            var (shop, shopCame) = (0.0, 0.0);
            for (var row = 0; row < year.Rows; row++)
            {
                if (model!.Score(year, row) is not { } score)
                    continue;
                (shop, shopCame) = (shop + score.Orders, shopCame + year.Later(row));
                if (year.History(row).Age < 5)
                    (young, youngCame) = (young + score.Orders, youngCame + year.Later(row));
            }

            Assert.InRange(shop / shopCame, 0.6, 1.6);
            (promised, came) = (promised + shop, came + shopCame);
        }

        Assert.InRange(promised / came, 0.85, 1.2);
        Assert.InRange(young / youngCame, 0.7, 1.4);
        // The rate stands in for a model somewhere, or this would show nothing of it.
        Assert.InRange(rates, 1, 8);
    }

    [Fact]
    public void A_customer_of_a_day_is_not_promised_a_lifetime_of_such_days()
    {
        var lines = StationaryShop(150, leaving: 0, seed: 1).Where(line => line.Timestamp < AsOf).ToArray();
        var (model, report) = Fit(OrderLedger.Of(lines));
        Assert.False(report.Published);
        var today = OrderDays.Take(OrderLedger.Of(lines), AsOf, 0);
        var usual = Enumerable.Range(0, today.Rows).Where(row => today.Repeats(row) != OrderDays.None).Average(row => model!.Score(today, row)!.Orders);

        var (once, twice) = (Score("2023-12-31"), Score("2023-12-31", "2023-12-30"));

        Assert.InRange(once.Orders / usual, 0.5, 1.5);
        Assert.InRange(twice.Orders / usual, 0.75, 2.5);
        Assert.True(once.Value > 0 && once.Low <= once.Value && once.Value <= once.High);

        ValueScore Score(params string[] days) =>
            model!.Score(OrderDays.Take(OrderLedger.Of([.. days.Order(StringComparer.Ordinal).Select(day => Some.Line(day, 30))]), AsOf, 0), 0)!;
    }

    [Fact]
    public void A_stored_report_without_the_rate_asks_for_a_refresh()
    {
        var (report, numbers) = Saved(Fit(OrderLedger.Of(StationaryShop(150, leaving: 0, seed: 1))).Model!);
        var json = System.Text.Json.Nodes.JsonNode.Parse(report)!.AsObject();
        Assert.True(json.Remove("rate"));
        var fault = Assert.Throws<InvalidDataException>(() => ValueModel.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())), new MemoryStream(numbers)));
        Assert.Contains("Train the model again by a refresh", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_histories_few_customers_and_customers_without_purchase_are_results()
    {
        Assert.Contains("too short", ValueTraining.Fit(Today, null, null, new ValueOptions()).Report.Reason.En, StringComparison.Ordinal);
        var few = OrderLedger.Of([Some.Line("2023-05-01"), Some.Line("2023-06-01")]);
        Assert.Contains("1 customers with a purchase are too few", Fit(few).Report.Reason.En, StringComparison.Ordinal);
        var returned = OrderDays.Take(OrderLedger.Of([Some.Line("2023-05-01", kind: OrderLineKind.Return)]), AsOf, 0);
        Assert.Null(Learned.Model!.Score(returned, 0));
        Assert.Equal(0, returned.Customers);
    }

    [Fact]
    public void One_time_buyers_alone_are_told_to_be_that()
    {
        var lines = Enumerable.Range(0, 200).Select(customer => Some.Line(AsOf.AddDays(-1 - customer).ToString("yyyy-MM-dd"), 20, customer: customer)).ToArray();

        var (model, report) = Fit(OrderLedger.Of(lines));

        Assert.False(report.Published);
        var score = model!.Score(OrderDays.Take(OrderLedger.Of(lines), AsOf, 0), 0)!;
        Assert.InRange(score.Orders, 0, 0.05);
        Assert.Null(score.NextOrder);
        Assert.NotEmpty(report.Warnings.Append(report.Reason));
    }

    [Fact]
    public void A_model_comes_back_and_the_same_seed_gives_the_same_bytes_on_any_number_of_threads()
    {
        var bytes = Bytes(Learned.Model!);
        Assert.Equal(bytes, Bytes(Fit(Ledger, new ValueOptions { Threads = 1 }).Model!));
        Assert.Equal(bytes, Bytes(Fit(Ledger, new ValueOptions { Threads = 3 }).Model!));

        var (report, numbers) = Saved(Learned.Model!);
        var loaded = ValueModel.Load(new MemoryStream(report), new MemoryStream(numbers));
        for (var row = 0; row < Today.Rows; row += 50)
            Assert.Equivalent(Learned.Model!.Score(Today, row), loaded.Score(Today, row), strict: true);
        Assert.Throws<InvalidDataException>(() => ValueModel.Load(new MemoryStream(report), new MemoryStream(numbers, 0, numbers.Length - 1)));
        Assert.Throws<InvalidDataException>(() => ValueModel.Load(new MemoryStream("{"u8.ToArray()), new MemoryStream(numbers)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1234.5, 1230)]
    [InlineData(0.0123456, 0.0123)]
    [InlineData(-99.95, -100)]
    [InlineData(45.65, 45.7)]
    public void Values_are_shown_to_three_digits(double value, double shown) => Assert.Equal(shown, ValueModel.Rounded(value));

    [Fact]
    public void All_faults_of_options_are_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => Fit(Ledger, new ValueOptions { ValueDays = 0, Level = 1, AnnualDiscount = -1 }));
        Assert.Contains("ValueDays is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Level is 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("AnnualDiscount is -1", fault.Message, StringComparison.Ordinal);
    }

    private static ValueResult Fit(OrderDays today) => ValueTraining.Fit(today, OrderDays.Take(Ledger, AsOf.AddDays(-Horizon), Horizon), Horizon, new ValueOptions());

    private static ValueResult Fit(OrderLedger ledger, ValueOptions? options = null) => ValueTraining.Fit(
        OrderDays.Take(ledger, AsOf, 0), OrderDays.Take(ledger, AsOf.AddDays(-Horizon), Horizon), Horizon, options ?? new ValueOptions());

    private static byte[] Bytes(ValueModel model)
    {
        var (report, numbers) = Saved(model);
        return [.. report, .. numbers];
    }

    private static (byte[] Report, byte[] Numbers) Saved(ValueModel model)
    {
        var (report, numbers) = (new MemoryStream(), new MemoryStream());
        model.Save(report, numbers);
        return (report.ToArray(), numbers.ToArray());
    }

    /// <summary>
    /// Two years of a shop and the one after: customers come evenly, order at random at rates of their own (one in thirty days in the
    /// mean, gamma of shape 1.5), and leave after an order with that chance.
    /// </summary>
    private static OrderLine[] StationaryShop(int customers, double leaving, int seed)
    {
        var random = new Random(seed);
        var lines = new List<OrderLine>();
        for (var customer = 0; customer < customers; customer++)
        {
            // The sum of an exponential and half the square of a normal draw is gamma of shape 1.5.
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var rate = ((normal * normal / 2) - Math.Log(1 - random.NextDouble())) / 1.5 / 30;
            var amount = 10 + (40 * random.NextDouble());
            for (var day = -730 * random.NextDouble(); day < 365; day -= Math.Log(1 - random.NextDouble()) / rate)
            {
                lines.Add(Some.Line(AsOf.AddDays(day).ToString("yyyy-MM-dd"), amount * (0.7 + (0.6 * random.NextDouble())), customer: customer));
                if (random.NextDouble() < leaving)
                    break;
            }
        }

        return [.. lines];
    }

    /// <summary>Customers who order at random, one every 10 to 60 days, and after each order leave for good with a chance of 15 %.</summary>
    private static OrderLine[] Dropouts(int customers, int seed)
    {
        var random = new Random(seed);
        var lines = new List<OrderLine>();
        for (var customer = 0; customer < customers; customer++)
        {
            var gap = 10 + (50 * random.NextDouble());
            var amount = 10 + (40 * random.NextDouble());
            for (var day = -340 + (200 * random.NextDouble()); day < 0; day -= gap * Math.Log(1 - random.NextDouble()))
            {
                lines.Add(Some.Line(AsOf.AddDays(day).ToString("yyyy-MM-dd"), amount * (0.7 + (0.6 * random.NextDouble())), customer: customer));
                if (random.NextDouble() < 0.15)
                    break;
            }
        }

        return [.. lines];
    }
}
