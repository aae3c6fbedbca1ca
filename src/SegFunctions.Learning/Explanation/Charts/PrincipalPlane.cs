namespace SegFunctions.Learning.Explanation.Charts;

/// <summary>The plane in which rows spread most: their first two principal components (Pearson 1901).</summary>
/// <remarks>
/// By orthogonal iteration (Golub &amp; Van Loan 2013, § 8.2.4) on the centred rows, without their covariance matrix. For pictures: where
/// two components spread nearly alike, any plane between them is as good, and it stops after a fixed number of steps.
/// </remarks>
/// <param name="Points">x and y of every row.</param>
/// <param name="Shares">The share of the variance that each axis shows.</param>
internal sealed record PrincipalPlane((double X, double Y)[] Points, (double First, double Second) Shares)
{
    private const int Steps = 200;

    public static PrincipalPlane Of(Matrix rows)
    {
        var centred = Centred(rows);
        var total = Dot.Of(centred.Array, centred.Array);
        if (!(total > 0))
            return new PrincipalPlane(new (double, double)[rows.Rows], (0, 0));
        var random = new Xoshiro256(seed: 1);
        var first = Start(random, rows.Columns);
        var second = Start(random, rows.Columns);
        var (one, two) = (0.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            first = Turn(centred, first);
            second = Turn(centred, second);
            var (before, beforeTwo) = (one, two);
            one = Normalise(first);
            Dot.AddScaled(second, first, -Dot.Of(first, second));
            two = Normalise(second);
            if (Math.Abs(one - before) <= 1e-13 * one && Math.Abs(two - beforeTwo) <= 1e-13 * one)
                break;
        }

        Orient(first);
        Orient(second);
        var points = new (double, double)[rows.Rows];
        for (var row = 0; row < points.Length; row++)
            points[row] = (Dot.Of(centred.Row(row), first), Dot.Of(centred.Row(row), second));
        return new PrincipalPlane(points, (one / total, two / total));
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

    private static double[] Start(Xoshiro256 random, int columns)
    {
        var vector = new double[columns];
        foreach (ref var value in vector.AsSpan())
            value = random.NextNormal();
        return vector;
    }

    /// <summary>XᵀX · v.</summary>
    private static double[] Turn(Matrix centred, double[] vector)
    {
        var turned = new double[vector.Length];
        for (var row = 0; row < centred.Rows; row++)
            Dot.AddScaled(turned, centred.Row(row), Dot.Of(centred.Row(row), vector));
        return turned;
    }

    /// <summary>Makes the length 1 and returns what it was; a vector of no length stays.</summary>
    private static double Normalise(double[] vector)
    {
        var length = Math.Sqrt(Dot.Of(vector, vector));
        if (length > 0)
        {
            foreach (ref var value in vector.AsSpan())
                value /= length;
        }

        return length;
    }

    // The sign is no accident: the element farthest from 0 is positive.
    private static void Orient(double[] vector)
    {
        var largest = 0;
        for (var i = 1; i < vector.Length; i++)
        {
            if (Math.Abs(vector[i]) > Math.Abs(vector[largest]))
                largest = i;
        }

        if (vector[largest] >= 0)
            return;
        foreach (ref var value in vector.AsSpan())
            value = -value;
    }
}
