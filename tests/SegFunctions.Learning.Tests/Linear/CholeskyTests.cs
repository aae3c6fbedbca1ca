using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Linear;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(33)]
    public void A_positive_definite_system_is_solved(int size)
    {
        var (matrix, truth, right) = System(size);
        var found = Cholesky.Of(matrix, size)!.Solve(right);
        for (var i = 0; i < size; i++)
            Assert.Equal(truth[i], found[i], 1e-9);
    }

    [Fact]
    public void A_singular_or_indefinite_matrix_has_no_factor()
    {
        Assert.Null(Cholesky.Of([1, 1, 1, 1], 2));
        Assert.Null(Cholesky.Of([1, 2, 2, 1], 2));
        Assert.Null(Cholesky.Of([0], 1));
        Assert.Null(Cholesky.Of([double.NaN], 1));
    }

    private static (double[] Matrix, double[] Truth, double[] Right) System(int size)
    {
        var a = Some.Normal(size + 5, size, size);
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[(i * size) + j] = Enumerable.Range(0, size + 5).Sum(row => a[row, i] * a[row, j]);
        }

        var truth = Some.Normal(1, size).Values.ToArray();
        double[] right = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Sum(j => matrix[(i * size) + j] * truth[j]))];
        return (matrix, truth, right);
    }
}
