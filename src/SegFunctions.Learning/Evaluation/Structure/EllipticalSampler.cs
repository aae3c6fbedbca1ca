namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// x = L·(r·u): L from the table's covariance, u uniform on the sphere, r from the log-concave density nearest to the distances of the
/// table's rows from its mean in units of L. Covers heavy tails that all columns share, as of a multivariate t, which no copula of
/// Gaussians does: rows far out in one column are far out in others.
/// </summary>
internal sealed class EllipticalSampler : NullSampler
{
    private readonly Matrix _rows;
    private readonly LowerFactor _factor;
    private readonly QuantileTable _radius;

    public EllipticalSampler(Matrix rows)
    {
        _rows = rows;
        _factor = LowerFactor.OfCovariance(rows);
        var means = LowerFactor.Means(rows);
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
        _radius = QuantileTable.Smooth(radii);
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
            var scale = _radius.AtNormal(random.NextNormal()) / length;
            foreach (ref var value in direction)
                value *= scale;
            _factor.Multiply(direction, drawn.AsSpan(row * columns, columns));
        }

        return new Matrix(_rows.Rows, columns, drawn);
    }
}
