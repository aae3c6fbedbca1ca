using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Lloyd's passes in plain loops: every row against every centre, no vectors, no bounds, one thread, no allocation.</summary>
internal sealed class ScalarLloyd(Matrix rows, int clusters)
{
    private readonly double[] _centres = new double[clusters * rows.Columns];
    private readonly double[] _sums = new double[clusters * rows.Columns];
    private readonly int[] _counts = new int[clusters];

    /// <returns>Inertia of the last assignment.</returns>
    public double Run(ReadOnlySpan<double> start, int passes)
    {
        start.CopyTo(_centres);
        var inertia = 0.0;
        for (var pass = 0; pass < passes; pass++)
        {
            Array.Clear(_sums);
            Array.Clear(_counts);
            inertia = 0;
            for (var row = 0; row < rows.Rows; row++)
                inertia += Assign(rows.Row(row));
            for (var i = 0; i < _centres.Length; i++)
            {
                if (_counts[i / rows.Columns] > 0)
                    _centres[i] = _sums[i] / _counts[i / rows.Columns];
            }
        }

        return inertia;
    }

    private double Assign(ReadOnlySpan<double> row)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            var centre = _centres.AsSpan(cluster * row.Length, row.Length);
            var distance = 0.0;
            for (var column = 0; column < row.Length; column++)
            {
                var difference = row[column] - centre[column];
                distance += difference * difference;
            }

            if (distance < least)
                (nearest, least) = (cluster, distance);
        }

        var sum = _sums.AsSpan(nearest * row.Length, row.Length);
        for (var column = 0; column < row.Length; column++)
            sum[column] += row[column];
        _counts[nearest]++;
        return least;
    }
}
