namespace SegFunctions.Learning.Tests;

public sealed class MatrixTests
{
    [Fact]
    public void Rows_are_views_of_the_array_that_was_given()
    {
        double[] values = [1, 2, 3, 4, 5, 6];
        var matrix = new Matrix(2, 3, values);
        Assert.Equal([4, 5, 6], matrix.Row(1));
        Assert.Equal(6, matrix[1, 2]);
        values[3] = 40;
        Assert.Equal(40, matrix.Row(1)[0]);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Contains("2 rows × 3 columns need 6 values, found 5", Assert.Throws<ArgumentException>(() => new Matrix(2, 3, new double[5])).Message);
        Assert.Contains("Row 1 has 1 values, row 0 has 2", Assert.Throws<ArgumentException>(() => Matrix.FromRows([[1, 2], [3]])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(0, 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Some.Normal(2, 2)[1, 2]);
        Assert.ThrowsAny<ArgumentException>(() => { _ = Some.Normal(2, 2)[2, 0]; });
    }

    [Fact]
    public void Huge_finite_values_are_not_mistaken_for_infinity() =>
        Matrix.FromRows([[double.MaxValue, double.MaxValue, -double.MaxValue]]).RequireFinite("rows");

    [Fact]
    public void Every_position_is_searched_for_values_that_are_not_finite()
    {
        foreach (var columns in (int[])[1, 3, 8, 17])
        {
            for (var at = 0; at < 5 * columns; at++)
            {
                var values = new double[5 * columns];
                values[at] = double.NaN;
                var message = Assert.Throws<ArgumentException>(() => new Matrix(5, columns, values).RequireFinite("rows")).Message;
                Assert.StartsWith($"Row {at / columns}, column {at % columns} ", message);
            }
        }
    }
}
