using System.Numerics.Tensors;

namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// x = L·(r·u): L from the table's covariance, u uniform on the sphere, log r from the log-concave density nearest to the distances of the
/// table's rows from its mean in units of L. Covers heavy tails that all columns share, as of a multivariate t, which no copula of
/// Gaussians does: rows far out in one column are far out in others.
/// </summary>
/// <remarks>
/// Logarithms, because distances of a multivariate t fall off as a power, which is log-concave in log r only; those of a Gaussian are so too. Where rows of the table
/// share the end of a column, as winsorised ones do, draws end there as well.
/// </remarks>
internal sealed class EllipticalSampler : NullSampler
{
    private readonly Matrix _rows;
    private readonly LowerFactor _factor;
    private readonly QuantileTable _logRadius;
    private readonly double[] _low;
    private readonly double[] _high;

    public EllipticalSampler(Matrix rows)
    {
        _rows = rows;
        _factor = LowerFactor.OfCovariance(rows);
        var means = LowerFactor.Means(rows);
        _logRadius = QuantileTable.Smooth(LogRadii(rows, means));
        (_low, _high) = SharedEnds(rows, means);
    }

    public override NullShape Shape => NullShape.Elliptical;

    public override Matrix Draw(Xoshiro256 random)
    {
        var columns = _rows.Columns;
        var drawn = new double[_rows.Rows * columns];
        Span<double> direction = new double[columns];
        for (var row = 0; row < _rows.Rows; row++)
        {
            Normals(direction, random);
            var length = Math.Sqrt(Dot.Of(direction, direction));
            var scale = Math.Exp(_logRadius.AtNormal(random.NextNormal())) / length;
            foreach (ref var value in direction)
                value *= scale;
            var target = drawn.AsSpan(row * columns, columns);
            _factor.Multiply(direction, target);
            TensorPrimitives.Max(target, _low, target);
            TensorPrimitives.Min(target, _high, target);
        }

        return new Matrix(_rows.Rows, columns, drawn);
    }

    /// <summary>Ascending; a row in the very centre counts as the nearest that is not.</summary>
    private double[] LogRadii(Matrix rows, double[] means)
    {
        var radii = new double[rows.Rows];
        var centred = new double[rows.Columns];
        var solved = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
        {
            rows.Row(row).CopyTo(centred);
            Dot.AddScaled(centred, means, -1);
            radii[row] = Math.Sqrt(_factor.SquaredNorm(centred, solved));
        }

        Array.Sort(radii);
        var least = Array.Find(radii, radius => radius > 0);
        return Array.ConvertAll(radii, radius => Math.Log(Math.Max(radius, least)));
    }

    /// <summary>The ends of every column from its mean; infinite where only one row has it.</summary>
    private static (double[] Low, double[] High) SharedEnds(Matrix rows, double[] means)
    {
        var low = new double[rows.Columns];
        var high = new double[rows.Columns];
        var values = new double[rows.Rows];
        for (var column = 0; column < rows.Columns; column++)
        {
            for (var row = 0; row < rows.Rows; row++)
                values[row] = rows[row, column];
            Array.Sort(values);
            low[column] = values[0] == values[1] ? values[0] - means[column] : double.NegativeInfinity;
            high[column] = values[^1] == values[^2] ? values[^1] - means[column] : double.PositiveInfinity;
        }

        return (low, high);
    }
}
