namespace SegFunctions.Learning.Linear;

/// <summary>A = L·Lᵀ of a symmetric positive definite matrix (Golub &amp; Van Loan 2013, algorithm 4.2.1, by rows), and what follows from it.</summary>
internal sealed class Cholesky
{
    private readonly double[] _factor;
    private readonly int _size;

    private Cholesky(double[] factor, int size) => (_factor, _size) = (factor, size);

    /// <returns>null when a pivot is not clearly positive: the matrix is singular to working precision.</returns>
    public static Cholesky? Of(ReadOnlySpan<double> matrix, int size)
    {
        var factor = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            var own = factor.AsSpan(row * size, size);
            for (var column = 0; column < row; column++)
                own[column] = (matrix[(row * size) + column] - Dot.Of(own[..column], factor.AsSpan(column * size, column))) / factor[(column * size) + column];
            var diagonal = matrix[(row * size) + row];
            var pivot = diagonal - Dot.Of(own[..row], own[..row]);
            if (!(pivot > diagonal * size * 1e-15) || !double.IsFinite(pivot))
                return null;
            own[row] = Math.Sqrt(pivot);
        }

        return new Cholesky(factor, size);
    }

    /// <summary>The x of A·x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var row = 0; row < _size; row++)
            x[row] = (x[row] - Dot.Of(_factor.AsSpan(row * _size, row), x.AsSpan(0, row))) / _factor[(row * _size) + row];
        for (var row = _size - 1; row >= 0; row--)
        {
            x[row] /= _factor[(row * _size) + row];
            Dot.AddScaled(x.AsSpan(0, row), _factor.AsSpan(row * _size, row), -x[row]);
        }

        return x;
    }

    /// <summary>The diagonal of A⁻¹ = L⁻ᵀ·L⁻¹, in a third of the products that solving for every unit vector would take.</summary>
    public double[] InverseDiagonal()
    {
        var inverse = new double[_size * _size];
        var diagonal = new double[_size];
        for (var row = 0; row < _size; row++)
        {
            // Row of L⁻¹: (unit − Σ L[row, k] · row k of L⁻¹) / L[row, row].
            var own = inverse.AsSpan(row * _size, row + 1);
            own[row] = 1;
            for (var k = 0; k < row; k++)
                Dot.AddScaled(own[..(k + 1)], inverse.AsSpan(k * _size, k + 1), -_factor[(row * _size) + k]);
            for (var k = 0; k <= row; k++)
            {
                own[k] /= _factor[(row * _size) + row];
                diagonal[k] += own[k] * own[k];
            }
        }

        return diagonal;
    }
}
