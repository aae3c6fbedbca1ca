using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>A fixed number of mini-batch steps from the same centres; a row is a row of a batch.</summary>
public class MiniBatchBenchmarks
{
    private const int Steps = 100;

    private ChunkTeam? _team;
    private MiniBatchSteps? _steps;
    private ScalarMiniBatch? _scalar;

    public static IEnumerable<ClusterShape> Shapes => [new("100 batches of 1,024 from 100,000 × 16, k = 32", 1024 * Steps, 16, 32)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var rows = GaussianRows.Create(100_000, Shape.Columns, Shape.Clusters, apart: 2, seed: 1).Rows;
        var first = KMeans.Fit(rows.Take([.. Enumerable.Range(0, 5000)]), new KMeansOptions { Clusters = Shape.Clusters, Starts = 1 });
        _team = new ChunkTeam(threads: 1, CancellationToken.None);
        _steps = new MiniBatchSteps(rows, first, new MiniBatchKMeansOptions { Clusters = Shape.Clusters }, _team);
        _scalar = new ScalarMiniBatch(rows, first.Centroids, 1024);
    }

    [GlobalCleanup]
    public void Cleanup() => _team?.Dispose();

    [Benchmark(Baseline = true)]
    public double Scalar() => _scalar!.Run(Steps);

    [Benchmark]
    public int OneThread()
    {
        var random = new Xoshiro256(1);
        for (var step = 0; step < Steps; step++)
            _steps!.Step(random);
        return _steps!.Done;
    }
}
