namespace SegFunctions.Benchmarks.Learning;

/// <summary>A histogram as one would first write it: a byte a value, column after column, two doubles a bin.</summary>
internal sealed class ScalarHistogram(byte[][] columns, double[] gradients, double[] curvatures)
{
    private readonly (double Gradient, double Curvature)[][] _sums = [.. columns.Select(_ => new (double, double)[256])];

    public (double Gradient, double Curvature)[][] Add(ReadOnlySpan<int> rows)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            var (bins, sums) = (columns[column], _sums[column]);
            Array.Clear(sums);
            foreach (var row in rows)
            {
                ref var sum = ref sums[bins[row]];
                sum.Gradient += gradients[row];
                sum.Curvature += curvatures[row];
            }
        }

        return _sums;
    }
}
