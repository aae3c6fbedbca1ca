using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

public sealed class ColumnScalerTests
{
    [Fact]
    public void A_plain_column_is_centred_on_its_median_and_measured_by_its_middle_half()
    {
        var column = Fit([1.0, 2, 3, 4, 5]).Columns[0];
        Assert.Equal(ScaleSource.InterquartileRange, column.ScaleSource);
        Assert.False(column.Log1p);
        Assert.Equal(3, column.Centre);
        Assert.Equal(2 / 1.3489795, column.Scale, 1e-7);
        Assert.Equal(0, column.Apply(3));
        Assert.Equal(1.3489795, column.Apply(5), 1e-7);
    }

    [Fact]
    public void A_normal_column_comes_out_with_about_unit_deviation()
    {
        var rows = Some.Normal(5000, 1);
        var prepared = Fit([.. rows.Values.ToArray().Select(value => (value * 40) - 7)]).Transform(new Matrix(5000, 1, [.. rows.Values.ToArray().Select(value => (value * 40) - 7)]));
        Assert.Equal(1, Math.Sqrt(prepared.Values.ToArray().Average(value => value * value)), 0.05);
    }

    [Fact]
    public void Skewed_columns_without_negative_values_are_taken_as_logarithms()
    {
        double[] skewed = [.. Some.Normal(500, 1).Values.ToArray().Select(value => Math.Exp(1.5 * value))];
        var log = Fit(skewed);
        Assert.True(log.Columns[0].Log1p);
        Assert.Contains("log(1 + x)", log.Report[0]);
        double[] withNegative = [.. skewed, -1];
        Assert.False(Fit(withNegative).Columns[0].Log1p);
        Assert.False(Fit([.. Some.Normal(500, 1).Values.ToArray().Select(value => value + 10)]).Columns[0].Log1p);
    }

    [Fact]
    public void A_later_value_below_zero_in_a_logarithmic_column_stays_in_order()
    {
        var column = Fit([.. Some.Normal(500, 1).Values.ToArray().Select(value => Math.Exp(1.5 * value))]).Columns[0];
        Assert.True(column.Log1p);
        double[] prepared = [.. new[] { -5.0, -1, -0.5, 0, 0.5, 1, 5 }.Select(column.Apply)];
        Assert.Equal(prepared.Order(), prepared);
        Assert.All(prepared, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Missing_values_become_the_median_and_are_counted()
    {
        var scaler = Fit([1, 2, 3, 4, 5, double.NaN, double.NaN]);
        Assert.Equal(2, scaler.Columns[0].Missing);
        Assert.Equal(0, scaler.Columns[0].Apply(double.NaN));
        Assert.Contains("2 of 7 missing values become the median (3)", scaler.Report[0]);
    }

    [Fact]
    public void Outliers_are_set_to_the_bound_and_counted()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(row => (double)(row % 10)), 1e6, -1e6];
        var scaler = Fit(values);
        Assert.Equal(2, scaler.Columns[0].Winsorised);
        Assert.Equal(4, scaler.Columns[0].Apply(1e6));
        Assert.Equal(-4, scaler.Columns[0].Apply(-1e300));
        Assert.Contains("2 of 102 values beyond 4 units", scaler.Report[0]);
    }

    [Fact]
    public void When_most_values_are_one_number_the_deviation_is_the_unit()
    {
        var column = Fit([.. Enumerable.Repeat(0.0, 90), .. Enumerable.Repeat(-3.0, 10)]).Columns[0];
        Assert.Equal(ScaleSource.StandardDeviation, column.ScaleSource);
        Assert.Equal(0.9, column.Scale, 1e-12);
        Assert.Contains("standard deviation", column.Description);
    }

    [Fact]
    public void Constant_and_empty_columns_are_left_out_with_a_reason()
    {
        var rows = Matrix.FromRows([[1, 7, double.NaN], [2, 7, double.NaN], [3, double.NaN, double.NaN]]);
        var scaler = ColumnScaler.Fit(rows, ["spend", "country", "age"]);
        Assert.Equal(["spend"], scaler.OutputNames);
        Assert.Equal(1, scaler.Transform(rows).Columns);
        Assert.Equal("country: left out. It holds one value in every row (7).", scaler.Report[1]);
        Assert.Equal("age: left out. It holds no value in any row.", scaler.Report[2]);
    }

    [Fact]
    public void When_nothing_remains_the_error_says_why()
    {
        var scaler = ColumnScaler.Fit(Matrix.FromRows([[1.0], [1]]), ["spend"]);
        Assert.Contains("spend: left out", Assert.Throws<InvalidOperationException>(() => scaler.Transform(Matrix.FromRows([[1.0]]))).Message);
    }

    [Fact]
    public void Astronomically_large_columns_stay_finite()
    {
        var rows = Matrix.FromRows([[1e300], [-1e300], [5e299], [1], [2]]);
        var scaler = ColumnScaler.Fit(rows, ["x"]);
        Assert.All(scaler.Transform(rows).Values.ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Wrong_options_and_names_are_refused()
    {
        Assert.Contains("1 names for 2 columns", Assert.Throws<ArgumentException>(() => ColumnScaler.Fit(Some.Normal(3, 2), ["a"])).Message);
        var message = Assert.Throws<ArgumentException>(() => ColumnScaler.Fit(Some.Normal(3, 1), ["a"], new ColumnScalerOptions { Bound = 0, LogAboveSkewness = double.NaN })).Message;
        Assert.Contains("Bound", message);
        Assert.Contains("LogAboveSkewness", message);
    }

    private static ColumnScaler Fit(double[] values) => ColumnScaler.Fit(new Matrix(values.Length, 1, values), ["x"]);
}
