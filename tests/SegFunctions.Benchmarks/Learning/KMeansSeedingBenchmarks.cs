using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>The centres that k-means starts from, by greedy k-means++; memory is made before.</summary>
public class KMeansSeedingBenchmarks
{
    private double[] _centroids = [];
    private ChunkTeam? _one;
    private ChunkTeam? _all;
    private KMeansPlusPlus? _seedingOne;
    private KMeansPlusPlus? _seedingAll;
    private ScalarSeeding? _scalar;

    public static IEnumerable<ClusterShape> Shapes => [new("100,000 × 16, k = 32", 100_000, 16, 32)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var rows = GaussianRows.Create(Shape.Rows, Shape.Columns, Shape.Clusters, apart: 2, seed: 1).Rows;
        _centroids = new double[Shape.Clusters * Shape.Columns];
        _one = new ChunkTeam(threads: 1, CancellationToken.None);
        _all = new ChunkTeam(threads: null, CancellationToken.None);
        _seedingOne = new KMeansPlusPlus(rows, Shape.Clusters, _one);
        _seedingAll = new KMeansPlusPlus(rows, Shape.Clusters, _all);
        _scalar = new ScalarSeeding(rows, Shape.Clusters);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _one?.Dispose();
        _all?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public double Scalar() => _scalar!.Run(seed: 1);

    [Benchmark]
    public int OneThread() => _seedingOne!.Seed(Shape.Clusters, new Xoshiro256(1), _centroids);

    [Benchmark]
    public int AllThreads() => _seedingAll!.Seed(Shape.Clusters, new Xoshiro256(1), _centroids);
}
