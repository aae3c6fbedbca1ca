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
        Assert.Equal(3, chosen.Candidates.Count);
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
                && Same(IsotonicRegression.FitWithin(scores, labels, weights), IsotonicRegression.FitWithin(scoresAgain, labelsAgain), 1e-12);

            bool Same(ProbabilityCalibration one, ProbabilityCalibration other, double tolerance) => at.All(score => Math.Abs(one.Apply(score) - other.Apply(score)) < tolerance);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Kept_within_isotonic_probabilities_are_never_0_or_1_never_fall_and_equal_the_plain_ones_between()
    {
        Prop.ForAll<(short Score, bool Label)[]>(rows =>
        {
            if (rows.Length == 0)
                return true;
            double[] scores = [.. rows.Select(row => (double)row.Score)];
            bool[] labels = [.. rows.Select(row => row.Label)];
            var within = IsotonicRegression.FitWithin(scores, labels);
            var plain = IsotonicRegression.Fit(scores, labels);
            var fine = true;
            for (var i = 0; i < within.Scores.Count; i++)
            {
                fine &= within.Probabilities[i] is > 0 and < 1 && (i == 0 || within.Probabilities[i] >= within.Probabilities[i - 1]);
                fine &= plain.Probabilities[i] is 0 or 1 || Math.Abs(plain.Probabilities[i] - within.Probabilities[i]) < 1e-15;
            }

            return fine && double.IsFinite(LogLoss.Of(within.Apply(scores), labels));
        }).Check(Config.QuickThrowOnFailure);
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
