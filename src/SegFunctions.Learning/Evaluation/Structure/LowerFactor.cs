namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// L of A = L·Lᵀ for a matrix that may be singular, as covariances of dependent columns are: a pivot that is nothing but rounding
/// leaves its column zero.
/// </summary>
internal sealed class LowerFactor
{
    private readonly double[] _factor;
    private readonly int _size;

    private LowerFactor(double[] factor, int size) => (_factor, _size) = (factor, size);

    public static LowerFactor Of(ReadOnlySpan<double> matrix, int size)
    {
        var factor = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            var own = factor.AsSpan(row * size, size);
            for (var column = 0; column < row; column++)
            {
                var pivot = factor[(column * size) + column];
                own[column] = pivot > 0 ? (matrix[(row * size) + column] - Dot.Of(own[..column], factor.AsSpan(column * size, column))) / pivot : 0;
            }

            var diagonal = matrix[(row * size) + row];
            var left = diagonal - Dot.Of(own[..row], own[..row]);
            own[row] = left > diagonal * 1e-10 ? Math.Sqrt(left) : 0;
        }

        return new LowerFactor(factor, size);
    }

    /// <summary>The factor of the table's covariance (by n − 1), correlations shrunk.</summary>
    public static LowerFactor OfCovariance(Matrix rows)
    {
        var (matrix, deviations) = ShrunkCorrelation.Of(rows);
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] *= deviations[i / rows.Columns] * deviations[i % rows.Columns];
        return Of(matrix, rows.Columns);
    }

    /// <summary>The factor of the table's correlation, shrunk; a constant column is uncorrelated with all others.</summary>
    public static LowerFactor OfCorrelation(Matrix rows) => Of(ShrunkCorrelation.Of(rows).Correlation, rows.Columns);

    /// <summary>OUT target = L · vector.</summary>
    public void Multiply(ReadOnlySpan<double> vector, Span<double> target)
    {
        for (var row = 0; row < _size; row++)
            target[row] = Dot.Of(_factor.AsSpan(row * _size, row + 1), vector[..(row + 1)]);
    }

    /// <summary>‖L⁻¹ · vector‖², over the columns that have a pivot.</summary>
    public double SquaredNorm(ReadOnlySpan<double> vector, Span<double> solved)
    {
        var sum = 0.0;
        for (var row = 0; row < _size; row++)
        {
            var pivot = _factor[(row * _size) + row];
            solved[row] = pivot > 0 ? (vector[row] - Dot.Of(_factor.AsSpan(row * _size, row), solved[..row])) / pivot : 0;
            sum += solved[row] * solved[row];
        }

        return sum;
    }

    public static double[] Means(Matrix rows)
    {
        var means = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
            Distance.AddTo(means, rows.Row(row));
        foreach (ref var mean in means.AsSpan())
            mean /= rows.Rows;
        return means;
    }
}
