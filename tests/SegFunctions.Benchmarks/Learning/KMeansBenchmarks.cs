using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>A fixed number of Lloyd passes over the same rows from the same centres; memory is made before, so that what is allocated is the passes' own.</summary>
public class KMeansBenchmarks
{
    private const int Passes = 20;

    private Matrix? _rows;
    private double[] _start = [];
    private ChunkTeam? _one;
    private ChunkTeam? _all;
    private Lloyd? _lloydOne;
    private Lloyd? _lloydAll;
    private Lloyd? _lloydSingle;
    private ScalarLloyd? _scalar;

    public static IEnumerable<ClusterShape> Shapes => [new("100,000 × 16, k = 32, 20 passes", 100_000, 16, 32)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // No groups to find, so that no start ends before the last pass.
        _rows = GaussianRows.Create(Shape.Rows, Shape.Columns, groups: 1, apart: 0, seed: 1).Rows;
        _start = _rows.Values[..(Shape.Clusters * Shape.Columns)].ToArray();
        _one = new ChunkTeam(threads: 1, CancellationToken.None);
        _all = new ChunkTeam(threads: null, CancellationToken.None);
        var mean = new double[Shape.Columns];
        _lloydOne = new Lloyd(_rows, mean, Shape.Clusters, _one);
        _lloydAll = new Lloyd(_rows, mean, Shape.Clusters, _all);
        _lloydSingle = new Lloyd(_rows, mean, Shape.Clusters, _one, precision: KMeansPrecision.Single);
        _scalar = new ScalarLloyd(_rows, Shape.Clusters);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _one?.Dispose();
        _all?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public double Scalar() => _scalar!.Run(_start, Passes);

    [Benchmark]
    public int OneThread() => Run(_lloydOne!);

    [Benchmark]
    public int AllThreads() => Run(_lloydAll!);

    [Benchmark]
    public int OneThreadInSingles() => Run(_lloydSingle!);

    private int Run(Lloyd lloyd)
    {
        var (passes, _) = lloyd.Run(_start, Shape.Clusters, Passes, tolerance: 0, report: null);
        return passes == Passes ? passes : throw new InvalidOperationException($"It ended after {passes} passes.");
    }
}

public sealed record ClusterShape(string Name, int Rows, int Columns, int Clusters) : Shape(Name, Rows);
