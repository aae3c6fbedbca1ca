using BenchmarkDotNet.Attributes;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>All of an explanation: differences, rules, typical members and names.</summary>
public class ExplanationBenchmarks
{
    private Table? _table;
    private int[] _labels = [];

    public static IEnumerable<ClusterShape> Shapes => [new("10,000 × 20, k = 20", 10_000, 20, 20), new("100,000 × 20, k = 20", 100_000, 20, 20)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (var rows, _labels) = GaussianRows.Create(Shape.Rows, Shape.Columns, Shape.Clusters, apart: 5, seed: 1);
        _table = Table.Of(rows, [.. Enumerable.Range(0, Shape.Columns).Select(column => $"column {column}")]);
    }

    [Benchmark(Baseline = true)]
    public ClusterExplanation OneThread() => ClusterExplanation.Explain(_table!, _labels, new ExplanationOptions { Threads = 1 });

    [Benchmark]
    public ClusterExplanation AllThreads() => ClusterExplanation.Explain(_table!, _labels);
}
