using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Calibration;

public sealed class CalibrationChoiceTests
{
    [Fact]
    public void Log_odds_that_are_right_are_left_alone()
    {
        var (scores, labels) = Rows(3000, score => score);
        var chosen = CalibrationChoice.Fit(scores, labels);
        Assert.Equal(CalibrationMethod.None, chosen.Method);
        Assert.Equal(Logistic.Probability(0.7), chosen.Calibration.Apply(0.7));
        Assert.Equal(4, chosen.Candidates.Count);
        Assert.Contains("no calibration", chosen.Reason.En);
        Assert.Contains("sans calibrage", chosen.Reason.Fr);
    }

    [Fact]
    public void Overconfident_log_odds_are_drawn_in_by_Platt()
    {
        var (scores, labels) = Rows(2000, score => (score / 3) - 1);
        var chosen = CalibrationChoice.Fit(scores, labels);
        Assert.Equal(CalibrationMethod.Platt, chosen.Method);
        Assert.Equal(Logistic.Probability((2 / 3.0) - 1), chosen.Calibration.Apply(2), 0.06);
        Assert.True(chosen.Candidates[1].LogLoss < chosen.Candidates[0].LogLoss);
    }

    [Fact]
    public void A_shape_that_is_no_logistic_curve_takes_isotonic_regression()
    {
        var (scores, labels) = Rows(6000, score => score < 0 ? -3 : 0.2);
        Assert.Equal(CalibrationMethod.Isotonic, CalibrationChoice.Fit(scores, labels).Method);
    }

    [Fact]
    public void Few_rows_of_a_class_keep_isotonic_regression_out_and_very_few_end_the_comparison()
    {
        var (scores, labels) = Rows(150, score => score < 0 ? -3 : 0.2);
        Assert.DoesNotContain(CalibrationChoice.Fit(scores, labels).Candidates, candidate => candidate.Method == CalibrationMethod.Isotonic);
        bool[] rare = [.. Enumerable.Range(0, 150).Select(row => row < 4)];
        var chosen = CalibrationChoice.Fit(scores, rare);
        Assert.Equal(CalibrationMethod.None, chosen.Method);
        Assert.Empty(chosen.Candidates);
        Assert.Contains("4 rows", chosen.Reason.En);
        Assert.Equal(CalibrationMethod.Platt, CalibrationChoice.Fit(scores, rare, default, new CalibrationOptions { ScoresAreLogOdds = false }).Method);
    }

    [Fact]
    public void A_weight_of_two_is_a_row_twice_for_every_map()
    {
        Prop.ForAll<(short Score, bool Label, byte Weight)[]>(rows =>
        {
            if (!rows.Any(row => row.Weight % 3 > 0))
                return true;
            double[] scores = [.. rows.Select(row => row.Score % 20 / 4.0)];
            bool[] labels = [.. rows.Select(row => row.Label)];
            double[] weights = [.. rows.Select(row => (double)(row.Weight % 3))];
            int[] repeated = [.. Enumerable.Range(0, rows.Length).SelectMany(row => Enumerable.Repeat(row, rows[row].Weight % 3))];
            double[] scoresAgain = [.. repeated.Select(row => scores[row])];
            bool[] labelsAgain = [.. repeated.Select(row => labels[row])];
            double[] at = [-5, -1.1, 0, 0.3, 2, 5];
            return Same(PlattScaling.Fit(scores, labels, weights), PlattScaling.Fit(scoresAgain, labelsAgain), 1e-6)
                && Same(IsotonicRegression.Fit(scores, labels, weights), IsotonicRegression.Fit(scoresAgain, labelsAgain), 1e-12)
                && Same(IsotonicRegression.FitCentred(scores, labels, weights), IsotonicRegression.FitCentred(scoresAgain, labelsAgain), 1e-9)
                && Same(BetaCalibration.Fit(scores, labels, weights), BetaCalibration.Fit(scoresAgain, labelsAgain), 1e-5);

            bool Same(ProbabilityCalibration one, ProbabilityCalibration other, double tolerance) => at.All(score => Math.Abs(one.Apply(score) - other.Apply(score)) < tolerance);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Centred_isotonic_probabilities_are_never_0_or_1_always_rise_and_meet_the_plain_ones_at_their_centres()
    {
        Prop.ForAll<(short Score, bool Label)[]>(rows =>
        {
            if (rows.Length == 0)
                return true;
            double[] scores = [.. rows.Select(row => (double)row.Score)];
            bool[] labels = [.. rows.Select(row => row.Label)];
            var centred = IsotonicRegression.FitCentred(scores, labels);
            var plain = IsotonicRegression.Fit(scores, labels);
            var fine = true;
            for (var i = 0; i < centred.Scores.Count; i++)
            {
                fine &= centred.Probabilities[i] is > 0 and < 1 && (i == 0 || (centred.Probabilities[i] >= centred.Probabilities[i - 1] && centred.Scores[i] > centred.Scores[i - 1]));
                var there = plain.Apply(centred.Scores[i]);
                fine &= there is 0 or 1 || Math.Abs(there - centred.Probabilities[i]) < 1e-12;
            }

            return fine && double.IsFinite(LogLoss.Of(centred.Apply(scores), labels));
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Beta_calibration_finds_slopes_that_differ_below_and_above()
    {
        // log-odds = 1.5 ln q − 0.5 ln(1 − q) + 0.3.
        var (scores, labels) = Rows(40_000, score => (-1.5 * Logistic.Softplus(-score)) + (0.5 * Logistic.Softplus(score)) + 0.3);
        var map = BetaCalibration.Fit(scores, labels);
        Assert.Equal(1.5, map.LowSlope, 0.1);
        Assert.Equal(0.5, map.HighSlope, 0.1);
        Assert.Equal(0.3, map.Offset, 0.1);
        Assert.Equal(CalibrationMethod.Beta, CalibrationChoice.Fit(scores.AsSpan(0, 8000), labels.AsSpan(0, 8000)).Method);
    }

    [Fact]
    public void Scores_that_run_the_wrong_way_give_a_flat_beta_map()
    {
        var (scores, labels) = Rows(500, score => -score);
        var map = BetaCalibration.Fit(scores, labels);
        Assert.Equal(map.Apply(-3), map.Apply(3));
        Assert.Equal(labels.Count(label => label) / 500.0, map.Apply(0), 0.02);
    }

    [Fact]
    public void Wrong_options_are_listed_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => CalibrationChoice.Fit([1], [true], default, new CalibrationOptions { Folds = 1, IsotonicRowsOfEachClass = 0, StandardErrors = -1 })).Message;
        foreach (var name in (string[])["Folds", "IsotonicRowsOfEachClass", "StandardErrors"])
            Assert.Contains(name, message);
    }

    private static (double[] Scores, bool[] Labels) Rows(int count, Func<double, double> trueLogOdds)
    {
        var random = new Xoshiro256(count);
        double[] scores = [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextNormal())];
        return (scores, [.. scores.Select(score => random.NextDouble() < Logistic.Probability(trueLogOdds(score)))]);
    }
}
