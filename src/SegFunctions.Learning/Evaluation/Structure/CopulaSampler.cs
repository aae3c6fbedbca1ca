namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// A Gaussian copula with the correlation of the table's normal scores. A column's values come from the log-concave density nearest to it
/// rather than from its own ranks: those would hand the column's groups on to the null, and groups that lie along a column could never be shown.
/// </summary>
/// <remarks>A column of at most <see cref="FewValues"/> different values keeps them and their shares: a column of kinds is no structure in itself.</remarks>
internal sealed class CopulaSampler : NullSampler
{
    private const int FewValues = 10;

    private readonly Matrix _rows;
    private readonly LowerFactor _factor;
    private readonly QuantileTable[] _columns;

    public CopulaSampler(Matrix rows)
    {
        _rows = rows;
        _columns = new QuantileTable[rows.Columns];
        var scores = new double[rows.Rows * rows.Columns];
        var values = new double[rows.Rows];
        var order = new int[rows.Rows];
        for (var column = 0; column < rows.Columns; column++)
        {
            for (var row = 0; row < rows.Rows; row++)
            {
                values[row] = rows[row, column];
                order[row] = row;
            }

            Array.Sort(values, order);
            var distinct = 1;
            for (var start = 0; start < values.Length;)
            {
                var end = start + 1;
                while (end < values.Length && values[end] == values[start])
                    end++;
                // Equal values share the middle of their ranks.
                var score = NormalDistribution.Quantile((start + end) / (2.0 * values.Length));
                for (var i = start; i < end; i++)
                    scores[(order[i] * rows.Columns) + column] = score;
                distinct += end < values.Length ? 1 : 0;
                start = end;
            }

            _columns[column] = distinct <= FewValues ? QuantileTable.Exact(values) : QuantileTable.Smooth(values);
        }

        _factor = LowerFactor.OfCorrelation(new Matrix(rows.Rows, rows.Columns, scores));
    }

    public override NullShape Shape => NullShape.Copula;

    public override Matrix Draw(Xoshiro256 random)
    {
        var columns = _rows.Columns;
        var drawn = new double[_rows.Rows * columns];
        Span<double> normals = new double[columns];
        for (var row = 0; row < _rows.Rows; row++)
        {
            Normals(normals, random);
            var target = drawn.AsSpan(row * columns, columns);
            _factor.Multiply(normals, target);
            for (var column = 0; column < columns; column++)
                target[column] = _columns[column].AtNormal(target[column]);
        }

        return new Matrix(_rows.Rows, columns, drawn);
    }
}
