using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class ClassificationReportTests
{
    private static readonly ProfitTerms Terms = new() { ContactCost = 2, ValueSaved = 50, SuccessProbability = 0.2 };

    [Fact]
    public void Every_figure_of_the_report_is_that_of_its_own_measure()
    {
        Prop.ForAll<(byte Score, bool Label, byte Weight)[], bool>((rows, weighted) =>
        {
            if (rows.Length == 0)
                return true;
            double[] probabilities = [.. rows.Select(row => row.Score % 21 / 20.0)];
            bool[] labels = [.. rows.Select(row => row.Label)];
            double[] weights = weighted ? [.. rows.Select(row => 0.5 + (row.Weight % 4))] : [];
            var report = ClassificationReport.Of(probabilities, labels, weights, new ClassificationReportOptions { Resamples = 0, Bins = 4, Profit = Terms });
            var reliability = Reliability.Of(probabilities, labels, 4, weights);
            return Same(RocAuc.Of(probabilities, labels, weights), report.Auc?.Value)
                && Same(AveragePrecision.Of(probabilities, labels, weights), report.AveragePrecision?.Value)
                && Same(LogLoss.Of(probabilities, labels, weights), report.LogLoss.Value)
                && Same(BrierScore.Of(probabilities, labels, weights), report.Brier.Value)
                && Same(reliability.ExpectedCalibrationError, report.CalibrationError.Value)
                && report.Reliability.Bins.Sum(bin => bin.Rows) == rows.Length
                && Math.Abs(report.PositiveShare - labels.Zip(weighted ? weights : [.. labels.Select(_ => 1.0)]).Where(pair => pair.First).Sum(pair => pair.Second) / (weighted ? weights.Sum() : labels.Length)) < 1e-12;
        }).Check(Config.QuickThrowOnFailure);

        static bool Same(double? expected, double? found) => expected is null ? found is null : found is not null && Math.Abs(expected.Value - found.Value) < 1e-11;
    }

    [Fact]
    public void Gain_is_what_the_top_rows_hold_and_lift_is_gain_over_share()
    {
        Prop.ForAll<(short Score, bool Label)[]>(rows =>
        {
            if (!rows.Any(row => row.Label))
                return true;
            // Different scores, so that the top rows are known; five copies make every share a whole number of rows.
            double[] probabilities = [.. rows.SelectMany((_, i) => Enumerable.Range(0, 20).Select(copy => ((20 * i) + copy + 1) / (20.0 * rows.Length + 1)))];
            bool[] labels = [.. rows.SelectMany(row => Enumerable.Range(0, 20).Select(copy => row.Label && copy % 3 == 0))];
            var report = ClassificationReport.Of(probabilities, labels, default, new ClassificationReportOptions { Resamples = 0, Shares = [0.2, 0.05, 1, 0.1] });
            return report.Lift.All(lift =>
            {
                var top = (int)Math.Round(lift.Share * labels.Length);
                var expected = (double)labels.TakeLast(top).Count(label => label) / labels.Count(label => label);
                return Math.Abs(expected - lift.Gain.Value) < 1e-9 && Math.Abs(lift.Lift.Value - (expected / lift.Share)) < 1e-9;
            });
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Rows_of_equal_probability_share_the_edge_in_proportion()
    {
        var report = ClassificationReport.Of([0.5, 0.5, 0.5, 0.5], [true, true, false, false], default, new ClassificationReportOptions { Resamples = 0, Shares = [0.25] });
        Assert.Equal(0.25, report.Lift[0].Gain.Value, 1e-12);
        Assert.Equal(1, report.Lift[0].Lift.Value, 1e-12);
        Assert.Equal(101, report.GainCurve.Count);
        Assert.All(report.GainCurve, point => Assert.Equal(point.Share, point.Gain, 1e-12));
    }

    [Fact]
    public void Profit_is_counted_customer_by_customer_and_the_best_threshold_is_the_best()
    {
        var (probabilities, labels) = Rows(400, 1);
        var profit = ClassificationReport.Of(probabilities, labels, default, new ClassificationReportOptions { Resamples = 0, Profit = Terms }).Profit!;
        Assert.Equal(0.2, profit.Threshold, 1e-12);
        Assert.Equal(From(0.2), profit.AtThreshold.Value, 1e-12);
        Assert.Equal(From(0), profit.Everybody.Value, 1e-12);
        Assert.Equal(From(profit.BestThreshold), profit.AtBest.Value, 1e-12);
        Assert.Equal(probabilities.Count(p => p >= profit.BestThreshold) / 400.0, profit.BestShare, 1e-12);
        foreach (var threshold in probabilities)
            Assert.True(From(threshold) <= profit.AtBest.Value + 1e-12);

        double From(double threshold) => Enumerable.Range(0, 400).Where(row => probabilities[row] >= threshold).Sum(row => (labels[row] ? 10.0 : 0) - 2) / 400;
    }

    [Fact]
    public void When_contacts_never_pay_nobody_is_contacted()
    {
        var profit = ClassificationReport.Of([0.1, 0.9], [false, true], default, new ClassificationReportOptions { Profit = Terms with { ContactCost = 20 } }).Profit!;
        Assert.True(profit.Threshold > 1);
        Assert.Equal((0, 0, double.PositiveInfinity, 0), (profit.AtThreshold.Value, profit.AtBest.Value, profit.BestThreshold, profit.BestShare));
    }

    [Fact]
    public void Nineteen_of_twenty_intervals_hold_the_true_figure()
    {
        // Normal scores one apart: AUC = Φ(1/√2); the log-loss of the true probabilities is estimated once from many rows.
        var (many, manyLabels) = Rows(200_000, 1);
        var trueLoss = LogLoss.Of(many, manyLabels);
        var (auc, loss) = (0, 0);
        for (var seed = 2; seed < 152; seed++)
        {
            var (probabilities, labels) = Rows(250, seed);
            var report = ClassificationReport.Of(probabilities, labels, default, new ClassificationReportOptions { Resamples = 200, Threads = 1 });
            auc += report.Auc!.Value.Lower <= 0.76025 && report.Auc.Value.Upper >= 0.76025 ? 1 : 0;
            loss += report.LogLoss.Lower <= trueLoss && report.LogLoss.Upper >= trueLoss ? 1 : 0;
        }

        // 142.5 expected with standard deviation 2.7. The share of positives is held in a resample but varies here, which widens the loss.
        Assert.InRange(auc, 132, 150);
        Assert.InRange(loss, 115, 150);
    }

    [Fact]
    public void Intervals_enclose_their_figures_and_a_calibrated_model_has_a_calibration_interval_from_near_0()
    {
        var (probabilities, labels) = Rows(3000, 5);
        var report = ClassificationReport.Of(probabilities, labels, default, new ClassificationReportOptions { Profit = Terms });
        foreach (var estimate in (Estimate[])[report.Auc!.Value, report.AveragePrecision!.Value, report.LogLoss, report.Brier, report.Lift[1].Gain, report.Profit!.AtThreshold])
            Assert.True(estimate.Lower < estimate.Value && estimate.Value < estimate.Upper, estimate.ToString());
        Assert.True(report.CalibrationError.Lower < 0.01 && report.CalibrationError.Upper < 0.04, report.CalibrationError.ToString());
    }

    [Fact]
    public void Seed_decides_and_threads_do_not()
    {
        var (probabilities, labels) = Rows(500, 9);
        var options = new ClassificationReportOptions { Resamples = 300, Profit = Terms, Threads = 1 };
        var one = ClassificationReport.Of(probabilities, labels, default, options);
        var many = ClassificationReport.Of(probabilities, labels, default, options with { Threads = 3 });
        Assert.Equal((one.Auc, one.LogLoss, one.CalibrationError, one.Profit), (many.Auc, many.LogLoss, many.CalibrationError, many.Profit));
        Assert.Equal(one.Lift, many.Lift);
        Assert.NotEqual(one.Auc, ClassificationReport.Of(probabilities, labels, default, options with { Seed = 2 }).Auc);
    }

    [Fact]
    public void One_class_has_no_ranks_but_has_losses()
    {
        var report = ClassificationReport.Of([0.2, 0.4], [false, false]);
        Assert.Null(report.Auc);
        Assert.Null(report.AveragePrecision);
        Assert.Empty(report.Lift);
        Assert.Equal(LogLoss.Of([0.2, 0.4], [false, false]), report.LogLoss.Value, 1e-15);
    }

    [Fact]
    public void Wrong_options_and_weights_are_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => ClassificationReport.Of([0.5], [true], default, new ClassificationReportOptions
        {
            Shares = [0, 2],
            Bins = 0,
            Level = 1,
            Resamples = 7,
            Threads = 0,
            Profit = new ProfitTerms { ContactCost = -1, ValueSaved = 0, SuccessProbability = 2 },
        })).Message;
        foreach (var name in (string[])["Shares holds 0", "Shares holds 2", "Bins", "Level", "Resamples", "Threads", "ContactCost", "ValueSaved", "SuccessProbability"])
            Assert.Contains(name, message);
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => ClassificationReport.Of([0.5, 0.5], [true, false], [1, -1])).Message);
        Assert.Contains("Every weight is 0", Assert.Throws<ArgumentException>(() => RocAuc.Of([0.5, 0.5], [true, false], [0, 0])).Message);
        Assert.Contains("2 weights for 1 rows", Assert.Throws<ArgumentException>(() => LogLoss.Of([0.5], [true], [1, 1])).Message);
    }

    [Fact]
    public void Log_loss_of_classes_refuses_what_is_no_class_or_probability()
    {
        Assert.Equal(-Math.Log(0.25), LogLoss.OfClasses(Matrix.FromRows([[1, 2, 1]]), [0]), 1e-15);
        Assert.Contains("has class 3", Assert.Throws<ArgumentException>(() => LogLoss.OfClasses(Matrix.FromRows([[1, 2, 1]]), [3])).Message);
        Assert.Contains("column 1", Assert.Throws<ArgumentException>(() => LogLoss.OfClasses(Matrix.FromRows([[1, -2, 1]]), [0])).Message);
        Assert.Contains("all 0", Assert.Throws<ArgumentException>(() => LogLoss.OfClasses(Matrix.FromRows([[0.0, 0, 0]]), [0])).Message);
    }

    /// <summary>Scores that are normal in each class, one standard deviation apart, a third positive; probabilities are true.</summary>
    private static (double[] Probabilities, bool[] Labels) Rows(int count, long seed)
    {
        var random = new Xoshiro256(seed);
        bool[] labels = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(3) == 0)];
        return ([.. labels.Select(label => Logistic.Probability(random.NextNormal() + (label ? 1 : 0) - 0.5 - Math.Log(2)))], labels);
    }
}
