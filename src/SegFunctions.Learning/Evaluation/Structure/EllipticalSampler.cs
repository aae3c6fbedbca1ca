namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// x = L·(r·u): L from the table's covariance, u uniform on the sphere, log r from the log-concave density nearest to the distances of the
/// table's rows from its mean in units of L. Covers heavy tails that all columns share, as of a multivariate t, which no copula of
/// Gaussians does: rows far out in one column are far out in others.
/// </summary>
/// <remarks>
/// Logarithms, because distances of a multivariate t fall off as a power, which is log-concave in log r only; those of a Gaussian are so too. Draws may
/// leave the range of a winsorised column: distances are the table's own, and winsorised already.
/// </remarks>
internal sealed class EllipticalSampler : NullSampler
{
    private readonly Matrix _rows;
    private readonly LowerFactor _factor;
    private readonly QuantileTable _logRadius;

    public EllipticalSampler(Matrix rows)
    {
        _rows = rows;
        _factor = LowerFactor.OfCovariance(rows);
        _logRadius = QuantileTable.Smooth(LogRadii(rows, LowerFactor.Means(rows)));
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
            _factor.Multiply(direction, drawn.AsSpan(row * columns, columns));
        }

        return new Matrix(_rows.Rows, columns, drawn);
    }

    /// <summary>Ascending; a row in the very centre, which has no logarithm, counts as a thousandth of the mean away.</summary>
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
        var least = radii.Average() / 1_000;
        return Array.ConvertAll(radii, radius => Math.Log(Math.Max(radius, least)));
    }
}
