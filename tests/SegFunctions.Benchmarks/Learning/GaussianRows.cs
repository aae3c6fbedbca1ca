using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Rows in overlapping groups, decided by the seed.</summary>
internal static class GaussianRows
{
    /// <param name="apart">Standard deviation of the groups' centres in each column; that of the rows around them is 1.</param>
    public static (Matrix Rows, int[] Groups) Create(int rows, int columns, int groups, double apart, long seed)
    {
        var random = new Xoshiro256(seed);
        var centres = new double[groups * columns];
        for (var i = 0; i < centres.Length; i++)
            centres[i] = apart * random.NextNormal();
        var values = new double[rows * columns];
        var group = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            group[row] = random.NextInt(groups);
            for (var column = 0; column < columns; column++)
                values[(row * columns) + column] = centres[(group[row] * columns) + column] + random.NextNormal();
        }

        return (new Matrix(rows, columns, values), group);
    }
}
