namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>One shape without clusters, fitted to a table, from which tables of the same size are drawn.</summary>
internal abstract class NullSampler
{
    public abstract NullShape Shape { get; }

    /// <summary>A table of as many rows and columns as the one fitted, decided by the numbers drawn.</summary>
    public abstract Matrix Draw(Xoshiro256 random);

    /// <summary>Fills a row with independent standard normals.</summary>
    protected static void Normals(Span<double> row, Xoshiro256 random)
    {
        foreach (ref var value in row)
            value = random.NextNormal();
    }
}

/// <summary>N(mean, covariance) of the table. Columns are centred: no index here knows location.</summary>
internal sealed class GaussianSampler(Matrix rows) : NullSampler
{
    private readonly LowerFactor _factor = LowerFactor.OfCovariance(rows);

    public override NullShape Shape => NullShape.Gaussian;

    public override Matrix Draw(Xoshiro256 random)
    {
        var drawn = new double[rows.Rows * rows.Columns];
        Span<double> normals = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
        {
            Normals(normals, random);
            _factor.Multiply(normals, drawn.AsSpan(row * rows.Columns, rows.Columns));
        }

        return new Matrix(rows.Rows, rows.Columns, drawn);
    }
}
