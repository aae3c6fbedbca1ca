using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Ward's linkage by the nearest-neighbour chain in plain loops: every cluster in doubles, no vectors, one thread.</summary>
internal sealed class ScalarWard(Matrix rows)
{
    private readonly double[] _centroids = new double[rows.Values.Length];
    private readonly double[] _sizes = new double[rows.Rows];
    private readonly int[] _chain = new int[rows.Rows];

    /// <returns>Sum of the heights of all merges.</returns>
    public double Run()
    {
        rows.Values.CopyTo(_centroids);
        Array.Fill(_sizes, 1);
        var (sum, length, first) = (0.0, 0, 0);
        for (var merges = rows.Rows - 1; merges > 0;)
        {
            if (length == 0)
            {
                while (_sizes[first] == 0)
                    first++;
                _chain[length++] = first;
            }

            var top = _chain[length - 1];
            var before = length > 1 ? _chain[length - 2] : -1;
            var (nearest, least) = (before, before < 0 ? double.PositiveInfinity : Between(top, before));
            for (var other = 0; other < rows.Rows; other++)
            {
                if (_sizes[other] == 0 || other == top || other == before)
                    continue;
                var value = Between(top, other);
                if (value < least)
                    (nearest, least) = (other, value);
            }

            if (nearest != before)
            {
                _chain[length++] = nearest;
                continue;
            }

            sum += Math.Sqrt(2 * least);
            Merge(before, top);
            length -= 2;
            merges--;
        }

        return sum;
    }

    private double Between(int one, int other)
    {
        var squares = 0.0;
        for (var column = 0; column < rows.Columns; column++)
        {
            var difference = _centroids[(one * rows.Columns) + column] - _centroids[(other * rows.Columns) + column];
            squares += difference * difference;
        }

        return squares * _sizes[one] * _sizes[other] / (_sizes[one] + _sizes[other]);
    }

    private void Merge(int kept, int gone)
    {
        var share = _sizes[gone] / (_sizes[kept] + _sizes[gone]);
        for (var column = 0; column < rows.Columns; column++)
        {
            ref var mean = ref _centroids[(kept * rows.Columns) + column];
            mean += (_centroids[(gone * rows.Columns) + column] - mean) * share;
        }

        _sizes[kept] += _sizes[gone];
        _sizes[gone] = 0;
    }
}
