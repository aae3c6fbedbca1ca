namespace SegFunctions.Learning.Tests;

/// <summary>Tables for tests, each decided by its seed.</summary>
internal static class Some
{
    public static Matrix Normal(int rows, int columns, long seed = 1)
    {
        var random = new Xoshiro256(seed);
        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextNormal();
        return new Matrix(rows, columns, values);
    }

    public static Matrix Uniform(int rows, int columns, long seed = 1)
    {
        var random = new Xoshiro256(seed);
        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextDouble();
        return new Matrix(rows, columns, values);
    }

    /// <summary>Gaussian groups whose centres lie about <paramref name="apart"/> standard deviations from each other, and which group each row is of.</summary>
    public static (Matrix Rows, int[] Groups) Blobs(int rows, int columns, int groups, double apart, long seed = 1)
    {
        var random = new Xoshiro256(seed);
        var centres = new double[groups * columns];
        for (var i = 0; i < centres.Length; i++)
            centres[i] = apart / Math.Sqrt(2 * columns) * random.NextNormal();
        var values = new double[rows * columns];
        var truth = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            truth[row] = random.NextInt(groups);
            for (var column = 0; column < columns; column++)
                values[(row * columns) + column] = centres[(truth[row] * columns) + column] + random.NextNormal();
        }

        return (new Matrix(rows, columns, values), truth);
    }

    /// <summary>One row for each of four corners of a square, repeated; nothing else.</summary>
    public static Matrix FourCorners(int each, double side = 10) =>
        Matrix.FromRows([.. Enumerable.Range(0, 4 * each).Select(row => new[] { row % 2 * side, row / 2 % 2 * side })]);

    public static int[] Permutation(int count, long seed = 7)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Xoshiro256(seed).Shuffle(order.AsSpan());
        return order;
    }

    public static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }
}
