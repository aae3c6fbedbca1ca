using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Preparation;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    public void Vectors_are_orthonormal_and_give_the_matrix_back(int size)
    {
        var draw = Some.Normal(size, size).Values.ToArray();
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[(i * size) + j] = draw[(i * size) + j] + draw[(j * size) + i];
        }

        var eigen = SymmetricEigen.Of(matrix, size);
        Assert.Equal(eigen.Values.OrderDescending(), eigen.Values);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Dot.Of(eigen.Vectors.AsSpan(i * size, size), eigen.Vectors.AsSpan(j * size, size)), 1e-12);
                var sum = 0.0;
                for (var k = 0; k < size; k++)
                    sum += eigen.Values[k] * eigen.Vectors[(k * size) + i] * eigen.Vectors[(k * size) + j];
                Assert.Equal(matrix[(i * size) + j], sum, 1e-11 * size);
            }
        }
    }

    [Fact]
    public void Known_values_come_out()
    {
        // Eigenvalues of the second difference: 2 − 2 cos(kπ / 6).
        double[] matrix = [2, -1, 0, 0, 0, -1, 2, -1, 0, 0, 0, -1, 2, -1, 0, 0, 0, -1, 2, -1, 0, 0, 0, -1, 2];
        var eigen = SymmetricEigen.Of(matrix, 5);
        for (var k = 0; k < 5; k++)
            Assert.Equal(2 - (2 * Math.Cos((5 - k) * Math.PI / 6)), eigen.Values[k], 1e-14);
    }

    [Fact]
    public void Nothing_diagonal_and_equal_values_are_no_trouble()
    {
        Assert.Equal([0, 0, 0], SymmetricEigen.Of(new double[9], 3).Values);
        var eigen = SymmetricEigen.Of([1, 0, 0, 0, 3, 0, 0, 0, 3], 3);
        Assert.Equal([3, 3, 1], eigen.Values);
        Assert.Equal([0, 1, 0, 0, 0, 1, 1, 0, 0], eigen.Vectors);
        var ones = SymmetricEigen.Of([1, 1, 1, 1, 1, 1, 1, 1, 1], 3);
        Assert.Equal(3, ones.Values[0], 1e-14);
        Assert.Equal(0, ones.Values[1], 1e-14);
        Assert.True(ones.Vectors[0] > 0);
    }
}
