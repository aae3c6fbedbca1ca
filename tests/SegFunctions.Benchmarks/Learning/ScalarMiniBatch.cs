using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Mini-batch steps as Sculley 2010, algorithm 1 writes them: row by row, in plain loops.</summary>
internal sealed class ScalarMiniBatch(Matrix rows, Matrix start, int batch)
{
    private readonly double[] _centres = start.Values.ToArray();
    private readonly int[] _met = new int[start.Rows];
    private readonly int[] _rows = new int[batch];
    private readonly int[] _nearest = new int[batch];

    public double Run(int steps)
    {
        var random = new Xoshiro256(1);
        var inertia = 0.0;
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < batch; i++)
            {
                _rows[i] = random.NextInt(rows.Rows);
                inertia += Assign(rows.Row(_rows[i]), out _nearest[i]);
            }

            for (var i = 0; i < batch; i++)
            {
                var rate = 1.0 / ++_met[_nearest[i]];
                var centre = _centres.AsSpan(_nearest[i] * rows.Columns, rows.Columns);
                for (var column = 0; column < rows.Columns; column++)
                    centre[column] += rate * (rows.Row(_rows[i])[column] - centre[column]);
            }
        }

        return inertia;
    }

    private double Assign(ReadOnlySpan<double> row, out int nearest)
    {
        (nearest, var least) = (0, double.PositiveInfinity);
        for (var cluster = 0; cluster < _met.Length; cluster++)
        {
            var centre = _centres.AsSpan(cluster * row.Length, row.Length);
            var distance = 0.0;
            for (var column = 0; column < row.Length; column++)
                distance += (row[column] - centre[column]) * (row[column] - centre[column]);
            if (distance < least)
                (nearest, least) = (cluster, distance);
        }

        return least;
    }
}
