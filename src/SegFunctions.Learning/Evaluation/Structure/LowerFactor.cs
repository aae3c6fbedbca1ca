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

    /// <summary>The factor of the table's covariance (by n − 1).</summary>
    public static LowerFactor OfCovariance(Matrix rows) => Of(Covariance(rows), rows.Columns);

    /// <summary>The factor of the table's correlation; a constant column is uncorrelated with all others.</summary>
    public static LowerFactor OfCorrelation(Matrix rows)
    {
        var correlation = Covariance(rows);
        var size = rows.Columns;
        var deviations = new double[size];
        for (var column = 0; column < size; column++)
            deviations[column] = Math.Sqrt(correlation[(column * size) + column]);
        for (var column = 0; column < size; column++)
        {
            for (var other = 0; other < size; other++)
            {
                var scale = deviations[column] * deviations[other];
                correlation[(column * size) + other] = column == other ? 1 : scale > 0 ? correlation[(column * size) + other] / scale : 0;
            }
        }

        return Of(correlation, size);
    }

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

    private static double[] Covariance(Matrix rows)
    {
        var means = Means(rows);
        var covariance = new double[rows.Columns * rows.Columns];
        var centred = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
        {
            rows.Row(row).CopyTo(centred);
            Dot.AddScaled(centred, means, -1);
            for (var column = 0; column < rows.Columns; column++)
                Dot.AddScaled(covariance.AsSpan(column * rows.Columns, column + 1), centred.AsSpan(0, column + 1), centred[column]);
        }

        for (var column = 0; column < rows.Columns; column++)
        {
            for (var other = 0; other <= column; other++)
            {
                var value = covariance[(column * rows.Columns) + other] / (rows.Rows - 1);
                covariance[(column * rows.Columns) + other] = value;
                covariance[(other * rows.Columns) + column] = value;
            }
        }

        return covariance;
    }
}
