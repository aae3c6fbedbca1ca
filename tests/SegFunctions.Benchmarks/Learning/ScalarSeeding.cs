using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Greedy k-means++ in plain loops: every candidate against every row, no vectors, no bounds, one thread.</summary>
internal sealed class ScalarSeeding(Matrix rows, int clusters)
{
    private readonly double[] _closest = new double[rows.Rows];

    /// <returns>The potential that is left.</returns>
    public double Run(long seed)
    {
        var random = new Xoshiro256(seed);
        Array.Fill(_closest, double.PositiveInfinity);
        var potential = Accept(random.NextInt(rows.Rows));
        for (var found = 1; found < clusters; found++)
        {
            var (best, least) = (0, double.PositiveInfinity);
            for (var trial = 0; trial < 2 + (int)Math.Log(clusters); trial++)
            {
                var candidate = Draw(random.NextDouble() * potential);
                var left = 0.0;
                for (var row = 0; row < rows.Rows; row++)
                    left += Math.Min(_closest[row], Squared(row, candidate));
                if (left < least)
                    (best, least) = (candidate, left);
            }

            potential = Accept(best);
        }

        return potential;
    }

    private double Accept(int centre)
    {
        var potential = 0.0;
        for (var row = 0; row < rows.Rows; row++)
        {
            _closest[row] = Math.Min(_closest[row], Squared(row, centre));
            potential += _closest[row];
        }

        return potential;
    }

    private int Draw(double target)
    {
        var row = 0;
        while (row < rows.Rows - 1 && (target -= _closest[row]) >= 0)
            row++;
        return row;
    }

    private double Squared(int row, int other)
    {
        var a = rows.Row(row);
        var b = rows.Row(other);
        var sum = 0.0;
        for (var column = 0; column < a.Length; column++)
            sum += (a[column] - b[column]) * (a[column] - b[column]);
        return sum;
    }
}
