using System.Text.Json;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Golden;

public sealed class ClassificationGoldenTests
{
    private static readonly JsonElement Measures = GoldenFigures.Root.GetProperty("classification");
    private static readonly JsonElement Regression = GoldenFigures.Root.GetProperty("logistic");

    [Fact]
    public void Measures_are_those_of_scikit_learn_ties_included()
    {
        var labels = Measures.GetProperty("labels").Booleans();
        var probabilities = Measures.GetProperty("probabilities").Doubles();
        Assert.True(probabilities.Distinct().Count() < probabilities.Length / 2);
        GoldenFigures.Close(Measures.Number("auc"), RocAuc.Of(probabilities, labels)!.Value, 1e-14);
        GoldenFigures.Close(Measures.Number("logLoss"), LogLoss.Of(probabilities, labels), 1e-13);
        GoldenFigures.Close(Measures.Number("brier"), BrierScore.Of(probabilities, labels), 1e-14);
    }

    [Fact]
    public void Platt_scaling_is_that_of_scikit_learn()
    {
        // Its optimizer stops at a gradient of 1e-5, which leaves about six digits.
        var map = PlattScaling.Fit(Measures.GetProperty("logOdds").Doubles(), Measures.GetProperty("labels").Booleans());
        GoldenFigures.Close(Measures.Number("plattA"), map.Slope, 1e-5);
        GoldenFigures.Close(Measures.Number("plattB"), map.Offset, 1e-5);
    }

    [Fact]
    public void Isotonic_regression_is_that_of_scikit_learn()
    {
        var map = IsotonicRegression.Fit(Measures.GetProperty("logOdds").Doubles(), Measures.GetProperty("labels").Booleans());
        GoldenFigures.Close(Measures.GetProperty("isotonic").Doubles(), map.Apply(Measures.GetProperty("isotonicAt").Doubles()), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Logistic_regression_is_that_of_scikit_learn_on_standardised_columns(int number)
    {
        var golden = Regression.GetProperty("cases")[number];
        var rows = Regression.GetProperty("rows").Matrix();
        var weights = golden.GetProperty("weighted").GetBoolean() ? Regression.GetProperty("weights").Doubles() : [];
        var model = LogisticRegression.Fit(rows, Regression.GetProperty("labels").Booleans(), new LogisticOptions { L2 = golden.Number("l2") }, weights);
        Assert.True(model.Converged, model.Outcome.En);
        GoldenFigures.Close(golden.Number("intercept"), model.Intercept, 1e-8);
        GoldenFigures.Close(golden.GetProperty("coefficients").Doubles(), [.. model.Coefficients], 1e-8);
        GoldenFigures.Close(golden.GetProperty("probabilities").Doubles(), model.Predict(rows), 1e-9);
    }

    [Fact]
    public void Standard_errors_without_penalty_are_those_of_maximum_likelihood()
    {
        var model = LogisticRegression.Fit(Regression.GetProperty("rows").Matrix(), Regression.GetProperty("labels").Booleans(), new LogisticOptions { L2 = 0 });
        Assert.True(model.Converged, model.Outcome.En);
        GoldenFigures.Close(Regression.GetProperty("standardErrors").Doubles(), [.. model.StandardErrors], 1e-6);
    }

    [Fact]
    public void Column_figures_are_those_of_numpy_and_scipy()
    {
        var golden = GoldenFigures.Root.GetProperty("column");
        var values = golden.GetProperty("values").Doubles();
        var column = NumericFit.Robust(NumericProfile.Of(values), ColumnKind.Numeric, new PreparationOptions());
        var treatment = column.Treatment!;
        Assert.Equal(Transformation.Log1p, treatment.Transformation);
        GoldenFigures.Close(golden.Number("skewness"), column.Skewness, 1e-12);
        GoldenFigures.Close(golden.Number("median"), treatment.Fill, 1e-14);
        GoldenFigures.Close(golden.Number("log1pMedian"), treatment.Centre, 1e-14);
        GoldenFigures.Close(golden.Number("log1pRange") / 1.3489795003921634, treatment.Scale, 1e-14);
    }

    [Fact]
    public void Normal_quantiles_are_those_of_scipy()
    {
        foreach (var quantile in GoldenFigures.Root.GetProperty("normalQuantiles").EnumerateObject())
            GoldenFigures.Close(quantile.Value.GetDouble(), NormalDistribution.Quantile(double.Parse(quantile.Name)), 1e-14);
    }
}
