using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Customers.Tests.Features;
using SegFunctions.Customers.Tests.Segments;

namespace SegFunctions.Customers.Tests.Predictions;

public sealed class ChurnTrainingTests
{
    private static readonly ChurnOptions Options = new() { Seed = 1 };
    private static readonly string[] Learners = ["logistic", "trees", "blend"];
    private static readonly ChurnResult TwoPaces = Shop.Fit(Shop.TwoPaces(1200, seed: 5), Options);

    [Fact]
    public void A_pattern_beyond_recency_is_learned_and_published()
    {
        var report = TwoPaces.Report;

        Assert.True(report.Published, report.Reason.En);
        Assert.Contains(report.Model, Learners);
        Assert.Equal(60, report.HorizonDays);
        Assert.Equal(["train", "calibration", "test"], report.Origins.Select(origin => origin.Role));
        var figures = Assert.IsType<ChurnFigures>(report.Logistic);
        var better = Better(report);
        Assert.True(figures.Auc > better.Auc + 0.05, $"AUC {figures.Auc} against {better.Auc}");
        Assert.True(figures.LogLoss < better.LogLoss);
        Assert.True(figures.Brier < better.Brier);
        Assert.InRange(figures.CalibrationError, 0, 0.08);
        Assert.True(report.Gain is { Lower: > 0, Level: 0.95 });
        Assert.Equal(better.LogLoss - figures.LogLoss, report.Gain.Mean, 9);
    }

    [Fact]
    public void Where_nothing_can_be_learned_the_calibrated_baseline_is_used()
    {
        var result = Shop.Fit(Shop.WithoutPattern(900, seed: 3), Options);

        Assert.False(result.Report.Published, result.Report.Reason.En);
        Assert.Equal("baseline", result.Report.Model);
        Assert.Contains("not surely better", result.Report.Reason.En, StringComparison.Ordinal);
        var model = Assert.IsType<ChurnModel>(result.Model);
        var share = (double)result.Report.Origins[1].Churned / result.Report.Origins[1].Customers;
        var score = model.Score(Customer(orders: 4, recency: 30, tenure: 200, gap: 55));
        Assert.Equal(share, Assert.NotNull(score.Probability), 0.1);
        Assert.Contains(score.Reasons, reason => reason.En.Contains("30 days", StringComparison.Ordinal));
    }

    [Fact]
    public void The_better_baseline_is_that_of_lowest_log_loss()
    {
        var report = TwoPaces.Report;
        ChurnFigures[] baselines = [report.RecencyBaseline!, report.GapBaseline!, report.PurchaseBaseline!, report.PriorBaseline!];
        Assert.Equal(baselines.Min(figures => figures.LogLoss), report.BetterFigures!.LogLoss);
        Assert.Equal(0.5, report.PriorBaseline!.Auc, 12);
        Assert.True(report.PurchaseBaseline!.Auc > 0.55, "orders that come and cease tell nothing");
        Assert.Equal(4, report.Purchases!.Parameters.Count);
    }

    [Fact]
    public void What_was_tried_is_told_and_what_the_model_finds_first()
    {
        var report = TwoPaces.Report;
        Assert.Single(report.Candidates, one => one.Chosen);
        Assert.Contains(report.Candidates, one => one.Learner == "trees");
        Assert.Contains(report.Candidates, one => one.Learner == "logistic");
        Assert.NotEmpty(report.Weights);
        Assert.Equal([0.01, 0.05, 0.1, 0.2], report.Lift.Select(one => one.Share));
        Assert.All(report.Lift, one => Assert.True(one.Lift > 1 && one.Gain > one.Share));
    }

    [Fact]
    public void Value_at_risk_is_probability_times_the_pace_of_spending_and_its_bands_follow_who_holds_most()
    {
        var model = Assert.IsType<ChurnModel>(TwoPaces.Model);
        var bands = Assert.IsType<ChurnValueBands>(model.Report.ValueBands);
        Assert.True(bands.High > bands.Medium && bands.Medium > 0);

        var customer = Customer(orders: 7, recency: 74, tenure: 150, gap: 12);
        var score = model.Score(customer);
        // 420 in 150 days are 168 in the 60 of the horizon.
        Assert.Equal(score.Probability!.Value * 168, score.ValueAtRisk!.Value, 9);
        Assert.Equal(score.Probability!.Value * 1000, model.Score(customer, expectedValue: 1000).ValueAtRisk!.Value, 9);
        Assert.Equal(ChurnBand.High, model.Score(customer, expectedValue: 2 * bands.High / score.Probability.Value).ValueBand);
        Assert.Equal(ChurnBand.Low, model.Score(customer, expectedValue: 0).ValueBand);
        Assert.Null(model.Score(Customer(orders: 3, recency: 121, tenure: 300, gap: 40)).ValueAtRisk);
    }

    [Fact]
    public void Cancellations_tell_who_leaves_where_there_are_contracts()
    {
        var lines = Shop.TwoPaces(1500, seed: 21);
        var ledger = OrderLedger.Of(lines);
        var plan = ChurnPlan.Choose(ledger.History(), Shop.AsOf, Options) with { Contractual = true };
        // Who orders in small baskets at first cancels sooner or later, whatever the pace.
        var cancellations = new Dictionary<CustomerKey, DateTime>();
        var random = new Random(5);
        foreach (var customer in lines.GroupBy(line => line.Customer))
        {
            if (customer.MinBy(line => line.Timestamp).Amount < 45 && random.NextDouble() < 0.8)
                cancellations.Add(customer.Key, Shop.Opened.AddDays(360 * random.NextDouble()));
        }

        var contracts = ContractHistory.Of(cancellations.Select(one => new ContractEvent(one.Key, one.Value, Ends: true)));
        var samples = ChurnSample.Take(ledger, plan, contracts);
        var result = ChurnTraining.Fit(plan, samples, Options);

        for (var i = 0; i < samples.Length; i++)
        {
            var (from, to) = (plan.Origins[i], plan.Origins[i].AddDays(60));
            var known = lines.Where(line => line.Timestamp < from).Select(line => line.Customer).Distinct().Where(customer => !(cancellations.TryGetValue(customer, out var at) && at < from)).ToList();
            Assert.Equal(known.Count, samples[i].Customers);
            Assert.Equal(known.Count(customer => cancellations.TryGetValue(customer, out var at) && at < to), samples[i].Churners);
        }

        Assert.True(result.Report.Contractual);
        var model = Assert.IsType<ChurnModel>(result.Model);
        // Silence alone takes nobody out of the risk of cancelling.
        Assert.True(model.Score(Customer(orders: 3, recency: 300, tenure: 340, gap: 20)).AtRisk);
        var left = model.Score(Customer(orders: 3, recency: 10, tenure: 340, gap: 20), ended: new DateTime(2026, 3, 9, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(left.AtRisk);
        Assert.Contains("a résilié le contrat le 9 mars 2026", Assert.Single(left.Reasons).Fr, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ChurnSample.Take(ledger, plan with { Contractual = false }, contracts));
    }

    [Fact]
    public void Who_waits_long_for_the_own_pace_is_more_at_risk_and_hears_why()
    {
        var model = Assert.IsType<ChurnModel>(TwoPaces.Model);
        var silent = model.Score(Customer(orders: 7, recency: 74, tenure: 150, gap: 12));
        var prompt = model.Score(Customer(orders: 13, recency: 3, tenure: 150, gap: 12));

        Assert.True(silent.Probability > 0.8 && prompt.Probability < 0.4, $"{silent.Probability} and {prompt.Probability}");
        Assert.Equal(ChurnBand.High, silent.Band);
        Assert.Equal("no order for 74 days (usual gap 12 days)", silent.Reasons[0].En);
        Assert.Equal("aucune commande depuis 74 jours (intervalle habituel : 12 jours)", silent.Reasons[0].Fr);
        Assert.DoesNotContain(prompt.Reasons, reason => reason.En.StartsWith("no order", StringComparison.Ordinal));
        Assert.NotEmpty(prompt.Reasons);
    }

    [Theory]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void At_risk_ends_after_two_horizons_without_order(double recency, bool atRisk)
    {
        var score = Assert.IsType<ChurnModel>(TwoPaces.Model).Score(Customer(orders: 3, recency, tenure: 300, gap: 40));

        Assert.Equal(atRisk, score.AtRisk);
        Assert.Equal(atRisk, score.Probability is not null && score.Band is not null);
        if (!atRisk)
            Assert.Equal("not at risk: already lapsed, no order for 121 days (limit 120 days)", Assert.Single(score.Reasons).En);
    }

    [Fact]
    public void Who_never_bought_is_not_at_risk()
    {
        var score = Assert.IsType<ChurnModel>(TwoPaces.Model).Score(Population.Of(1, _ => [])[0]);
        Assert.False(score.AtRisk);
        Assert.Equal("not at risk: no purchase yet", Assert.Single(score.Reasons).En);
    }

    [Theory]
    [InlineData(49, 10, "too few customers: the test origin (2 May 2024) has 49 at risk, 50 are needed")]
    [InlineData(80, 0, "nothing to predict: all 80 customers at risk of the test origin (2 May 2024) bought again")]
    [InlineData(80, 80, "nothing to predict: none of the 80 customers at risk of the test origin (2 May 2024) bought again")]
    public void A_sample_that_teaches_nothing_is_a_result_with_its_reason(int customers, int churners, string reason)
    {
        var plan = ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(-301), Some.AsOf, 1), Some.AsOf, Options);

        var result = ChurnTraining.Fit(plan, [Sample(plan.Origins[0], 60, 20), Sample(plan.Origins[1], 60, 20), Sample(plan.Origins[2], customers, churners)], Options);

        Assert.Null(result.Model);
        Assert.Equal("none", result.Report.Model);
        Assert.False(result.Report.Published);
        Assert.Equal(reason, result.Report.Reason.En);
        Assert.Null(result.Report.Logistic);
        Assert.Equal(customers, result.Report.Origins[2].Customers);
    }

    [Fact]
    public void Customers_who_do_not_differ_leave_the_baseline()
    {
        var plan = ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(-301), Some.AsOf, 1), Some.AsOf, Options);

        var result = ChurnTraining.Fit(plan, [.. plan.Origins.Select(origin => Sample(origin, 60, 20))], Options);

        Assert.Equal("baseline", result.Report.Model);
        Assert.Contains("no feature differs", result.Report.Reason.En, StringComparison.Ordinal);
        Assert.NotNull(result.Model);
    }

    [Fact]
    public void Probabilities_are_calibrated_on_the_second_origin_and_the_third_teaches_nothing()
    {
        var plan = ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(-301), Some.AsOf, 1), Some.AsOf, Options);
        // Training saw few churners; since then most churn.
        var train = Drifted(plan.Origins[0], seed: 1, level: -1.5);
        var calibration = Drifted(plan.Origins[1], seed: 2, level: 1.5);
        var test = Drifted(plan.Origins[2], seed: 3, level: 1.5);

        var result = ChurnTraining.Fit(plan, [train, calibration, test], Options);

        Assert.True(result.Report.Published, result.Report.Reason.En);
        Assert.InRange(Assert.IsType<ChurnFigures>(result.Report.Logistic).CalibrationError, 0, 0.06);
        Assert.True((double)train.Churners / train.Customers < 0.4 && (double)test.Churners / test.Customers > 0.6);

        var other = new ChurnSample(test.Origin, test.HorizonDays, test.Features, [.. test.Churned.Select((churned, i) => i < 9 ? !churned : churned)]);
        var retold = ChurnTraining.Fit(plan, [train, calibration, other], Options);
        Assert.NotEqual(result.Report.Logistic, retold.Report.Logistic);
        Assert.Equal(Bytes(result)[1], Bytes(retold)[1]);
    }

    [Fact]
    public void Samples_that_are_not_the_plans_are_refused()
    {
        var plan = ChurnPlan.Choose(new OrderHistory(Some.AsOf.AddDays(-301), Some.AsOf, 1), Some.AsOf, Options);
        var refused = Assert.Throws<ArgumentException>(() => ChurnTraining.Fit(plan, [Sample(plan.Origins[0], 60, 20)], Options));
        Assert.Contains("2024-05-02", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_and_order_of_lines_change_no_byte_of_the_model()
    {
        var lines = Shop.TwoPaces(300, seed: 9);
        Assert.Equal(Bytes(Shop.Fit(lines, Options, threads: 1)), Bytes(Shop.Fit(Some.Shuffled(lines, 4), Options, threads: 3)));
    }

    [Fact]
    public void What_happens_after_the_as_of_instant_changes_no_byte_of_the_model()
    {
        var lines = Shop.TwoPaces(300, seed: 9);
        Assert.Contains(lines, line => line.Timestamp >= Shop.AsOf);
        Assert.Equal(Bytes(Shop.Fit(lines, Options)), Bytes(Shop.Fit([.. lines.Where(line => line.Timestamp < Shop.AsOf)], Options)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stored_model_scores_as_the_fitted_one(bool learned)
    {
        var fitted = Assert.IsType<ChurnModel>(learned ? TwoPaces.Model : Shop.Fit(Shop.WithoutPattern(400, seed: 3), Options).Model);
        Assert.Equal(learned, Learners.Contains(fitted.Report.Model));

        var stored = Save(fitted);
        var loaded = ChurnModel.Load(new MemoryStream(stored[0]), new MemoryStream(stored[1]));

        Assert.Equal(stored, Save(loaded));
        foreach (var recency in new[] { 0, 5, 40, 119, 300 })
        {
            var customer = Customer(orders: 3, recency, tenure: recency + 90, gap: 45);
            Assert.Equal(fitted.Score(customer).Probability, loaded.Score(customer).Probability);
            Assert.Equal(fitted.Score(customer).Reasons, loaded.Score(customer).Reasons);
            Assert.Equal(fitted.Score(customer).ValueAtRisk, loaded.Score(customer).ValueAtRisk);
        }
    }

    [Theory]
    [InlineData("{", "damaged")]
    [InlineData("null", "empty")]
    public void A_damaged_model_is_refused_with_the_cure(string report, string reason)
    {
        var refused = Assert.Throws<InvalidDataException>(() => ChurnModel.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(report)), new MemoryStream()));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Train the model again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_model_can_be_stored_and_read()
    {
        var report = ChurnTraining.Fit(ChurnPlan.Choose(OrderHistory.None, Some.AsOf, Options), [], Options).Report;
        var json = JsonSerializer.Serialize(report, CustomersJson.Default.ChurnReport);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, CustomersJson.Default.ChurnReport), CustomersJson.Default.ChurnReport));
        Assert.Contains("\"horizonDays\":null", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Bands_have_stable_ids_and_name_their_horizon()
    {
        Assert.Equal(["prediction:churn-high", "prediction:churn-medium", "prediction:churn-low"], ChurnSegments.All(45, contractual: false).Select(segment => segment.Id));
        Assert.All(ChurnSegments.All(45, contractual: false), segment => Assert.Contains("45", segment.Description.Fr, StringComparison.Ordinal));
    }

    private static ChurnFigures Better(ChurnReport report) => Assert.IsType<ChurnFigures>(report.BetterFigures);

    private static CustomerFeatures Customer(int orders, double recency, double tenure, double gap) => Population.Of(1, _ =>
    [
        (FeatureTable.Orders, orders),
        (FeatureTable.RecencyDays, recency),
        (FeatureTable.TenureDays, tenure),
        (FeatureTable.GapMeanDays, gap),
        (FeatureTable.GapDeviationDays, gap / 6),
        (FeatureTable.Revenue, orders * 60),
        (FeatureTable.AverageBasket, 60),
        (FeatureTable.DistinctProducts, Math.Min(orders, 9)),
        (FeatureTable.ReturnShare, 0),
        (FeatureTable.RecentRevenueShare, recency < 90 ? 0.3 : 0),
    ])[0];

    private static ChurnSample Sample(DateTime origin, int customers, int churners)
    {
        var features = Population.Of(customers, _ => [(FeatureTable.Orders, 1), (FeatureTable.RecencyDays, 20), (FeatureTable.TenureDays, 20), (FeatureTable.Revenue, 10)]);
        return new ChurnSample(origin, 60, features.Values, [.. Enumerable.Range(0, customers).Select(i => i < churners)]);
    }

    // Churn falls with the number of orders; the level shifts it for everybody.
    private static ChurnSample Drifted(DateTime origin, int seed, double level)
    {
        const int Customers = 1000;
        var random = new Random(seed);
        var features = Population.Of(Customers, _ => [(FeatureTable.Orders, random.Next(1, 20)), (FeatureTable.RecencyDays, random.Next(1, 100)), (FeatureTable.Revenue, 10)]);
        var churned = new bool[Customers];
        for (var row = 0; row < Customers; row++)
            churned[row] = random.NextDouble() < 1 / (1 + Math.Exp((features.Row(row)[FeatureTable.Orders.Column] - 10) / 3 - level));
        return new ChurnSample(origin, 60, features.Values, churned);
    }

    private static byte[][] Bytes(ChurnResult result) => Save(Assert.IsType<ChurnModel>(result.Model));

    private static byte[][] Save(ChurnModel model)
    {
        using var report = new MemoryStream();
        using var numbers = new MemoryStream();
        model.Save(report, numbers);
        return [report.ToArray(), numbers.ToArray()];
    }
}
