using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>The plane in which rows spread most: their first two principal components (Pearson 1901). For the few rows of a picture: O(n · d² + d³).</summary>
/// <param name="Points">x and y of every row.</param>
/// <param name="Shares">The share of the variance that each axis shows.</param>
internal sealed record PrincipalPlane((double X, double Y)[] Points, (double First, double Second) Shares)
{
    public static PrincipalPlane Of(Matrix rows)
    {
        var centred = Centred(rows);
        var size = rows.Columns;
        var squares = new double[size * size];
        for (var row = 0; row < centred.Rows; row++)
        {
            var values = centred.Row(row);
            for (var column = 0; column < size; column++)
                Dot.AddScaled(squares.AsSpan(column * size, size), values, values[column]);
        }

        var eigen = SymmetricEigen.Of(squares, size);
        var total = eigen.Values.Sum();
        if (!(total > 0))
            return new PrincipalPlane(new (double, double)[rows.Rows], (0, 0));
        var points = new (double, double)[rows.Rows];
        for (var row = 0; row < points.Length; row++)
            points[row] = (Dot.Of(centred.Row(row), eigen.Vectors.AsSpan(0, size)), size > 1 ? Dot.Of(centred.Row(row), eigen.Vectors.AsSpan(size, size)) : 0);
        return new PrincipalPlane(points, (eigen.Values[0] / total, size > 1 ? Math.Max(0, eigen.Values[1]) / total : 0));
    }

    private static Matrix Centred(Matrix rows)
    {
        var mean = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
            Distance.AddTo(mean, rows.Row(row));
        var values = rows.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] -= mean[i % rows.Columns] / rows.Rows;
        return new Matrix(rows.Rows, rows.Columns, values);
    }
}
