using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>How well rows sit in their clusters: every row against every other one, or a sample.</summary>
public class SilhouetteBenchmarks
{
    private const int Sample = 2_000;

    private Matrix? _rows;
    private int[] _labels = [];

    public static IEnumerable<ClusterShape> Shapes => [new("10,000 × 16, k = 8", 10_000, 16, 8)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => (_rows, _labels) = GaussianRows.Create(Shape.Rows, Shape.Columns, Shape.Clusters, apart: 1, seed: 1);

    [Benchmark(Baseline = true)]
    public double Scalar()
    {
        var total = 0.0;
        var sums = new double[Shape.Clusters];
        var counts = new int[Shape.Clusters];
        foreach (var label in _labels)
            counts[label]++;
        for (var row = 0; row < Shape.Rows; row++)
        {
            Array.Clear(sums);
            for (var other = 0; other < Shape.Rows; other++)
                sums[_labels[other]] += Distance(_rows!.Row(row), _rows.Row(other));
            var own = sums[_labels[row]] / (counts[_labels[row]] - 1);
            var next = double.PositiveInfinity;
            for (var cluster = 0; cluster < sums.Length; cluster++)
            {
                if (cluster != _labels[row])
                    next = Math.Min(next, sums[cluster] / counts[cluster]);
            }

            total += (next - own) / Math.Max(next, own);
        }

        return total / Shape.Rows;
    }

    [Benchmark]
    public double Exact() => Silhouette.Exact(_rows!, _labels)!.Value;

    [Benchmark]
    public double Sampled() => Silhouette.Sampled(_rows!, _labels, Sample, seed: 1)!.Value;

    private static double Distance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var squares = 0.0;
        for (var column = 0; column < left.Length; column++)
        {
            var difference = left[column] - right[column];
            squares += difference * difference;
        }

        return Math.Sqrt(squares);
    }
}
