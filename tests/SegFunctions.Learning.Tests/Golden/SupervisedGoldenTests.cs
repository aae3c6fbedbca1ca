using System.Text.Json;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Against scikit-learn 1.2.1: figures made by make_supervised.py beside this file.</summary>
public sealed class SupervisedGoldenTests
{
    private static readonly JsonElement Root = Read();

    [Theory]
    [InlineData(LogisticSolver.Newton, 2e-6)]
    [InlineData(LogisticSolver.LimitedMemory, 2e-5)]
    public void Coefficients_without_penalty_with_L2_L1_and_both_are_those_of_scikit_learn(LogisticSolver solver, double tolerance)
    {
        var golden = Root.GetProperty("regression");
        var rows = golden.GetProperty("rows").Matrix();
        foreach (var one in golden.GetProperty("cases").EnumerateArray())
        {
            var options = new LogisticOptions { L1 = one.Number("l1"), L2 = one.Number("l2"), Solver = solver };
            var model = LogisticRegression.Fit(rows, golden.GetProperty("labels").Booleans(), options, one.GetProperty("weighted").GetBoolean() ? golden.GetProperty("weights").Doubles() : []);
            Assert.True(model.Converged, model.Outcome.En);
            var expected = one.GetProperty("coefficients").Doubles();
            for (var column = 0; column < rows.Columns; column++)
            {
                // By the scale that was penalised, as columns differ in theirs by a factor of 200.
                GoldenFigures.Close(expected[column] * model.Scales[column], model.Coefficients[column] * model.Scales[column], tolerance);
                if (solver == LogisticSolver.Newton)
                    Assert.Equal(expected[column] == 0, model.Coefficients[column] == 0);
            }

            GoldenFigures.Close(one.Number("intercept"), model.Intercept, 100 * tolerance);
        }
    }

    [Fact]
    public void Folded_categories_beside_numbers_are_scikit_learns_one_hot_columns()
    {
        var golden = Root.GetProperty("folded");
        int[] codes = [.. golden.GetProperty("codes").EnumerateArray().SelectMany(row => row.Integers())];
        var design = LogisticDesign.Of(golden.GetProperty("numbers").Matrix(), codes, [4, 6]);
        foreach (var one in golden.GetProperty("cases").EnumerateArray())
        {
            var model = LogisticRegression.Fit(design, golden.GetProperty("labels").Booleans(), new LogisticOptions { L1 = one.Number("l1"), L2 = one.Number("l2"), Scaling = ColumnScaling.NumbersOnly });
            Assert.True(model.Converged, model.Outcome.En);
            GoldenFigures.Close(one.GetProperty("coefficients").Doubles(), [.. model.Coefficients], 5e-6);
            GoldenFigures.Close(one.Number("intercept"), model.Intercept, 5e-6);
        }
    }

    [Fact]
    public void Measures_with_and_without_weights_are_those_of_scikit_learn()
    {
        var golden = Root.GetProperty("measures");
        var labels = golden.GetProperty("labels").Booleans();
        var probabilities = golden.GetProperty("probabilities").Doubles();
        var weights = golden.GetProperty("weights").Doubles();
        GoldenFigures.Close(golden.Number("auc"), RocAuc.Of(probabilities, labels)!.Value, 1e-12);
        GoldenFigures.Close(golden.Number("averagePrecision"), AveragePrecision.Of(probabilities, labels)!.Value, 1e-12);
        GoldenFigures.Close(golden.Number("logLoss"), LogLoss.Of(probabilities, labels), 1e-12);
        GoldenFigures.Close(golden.Number("brier"), BrierScore.Of(probabilities, labels), 1e-12);
        GoldenFigures.Close(golden.Number("weightedAuc"), RocAuc.Of(probabilities, labels, weights)!.Value, 1e-12);
        GoldenFigures.Close(golden.Number("weightedAveragePrecision"), AveragePrecision.Of(probabilities, labels, weights)!.Value, 1e-12);
        GoldenFigures.Close(golden.Number("weightedLogLoss"), LogLoss.Of(probabilities, labels, weights), 1e-12);
        GoldenFigures.Close(golden.Number("weightedBrier"), BrierScore.Of(probabilities, labels, weights), 1e-12);
        GoldenFigures.Close(golden.Number("classLogLoss"), LogLoss.OfClasses(golden.GetProperty("classShares").Matrix(), golden.GetProperty("classes").Integers()), 1e-12);

        var report = ClassificationReport.Of(probabilities, labels, weights, new ClassificationReportOptions { Resamples = 0 });
        GoldenFigures.Close(golden.Number("weightedAuc"), report.Auc!.Value.Value, 1e-12);
        GoldenFigures.Close(golden.Number("weightedAveragePrecision"), report.AveragePrecision!.Value.Value, 1e-12);
        GoldenFigures.Close(golden.Number("weightedLogLoss"), report.LogLoss.Value, 1e-12);
        GoldenFigures.Close(golden.Number("weightedBrier"), report.Brier.Value, 1e-12);
    }

    [Fact]
    public void Weighted_isotonic_regression_is_that_of_scikit_learn()
    {
        var golden = Root.GetProperty("measures");
        var map = IsotonicRegression.Fit(golden.GetProperty("logOdds").Doubles(), golden.GetProperty("labels").Booleans(), golden.GetProperty("weights").Doubles());
        GoldenFigures.Close(golden.GetProperty("weightedIsotonic").Doubles(), map.Apply(golden.GetProperty("isotonicAt").Doubles()), 1e-12);
    }

    private static JsonElement Read()
    {
        using var stream = typeof(SupervisedGoldenTests).Assembly.GetManifestResourceStream("supervised.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
