using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering.Density;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>DBSCAN of Gaussian groups beside the definition, row against row.</summary>
public class DbscanBenchmarks
{
    private const double Epsilon = 0.5;
    private const int MinimumPoints = 10;

    private Matrix? _rows;

    public static IEnumerable<ClusterShape> Shapes => [new("20,000 × 2, 12 groups", 20_000, 2, 12), new("20,000 × 8, 12 groups", 20_000, 8, 12)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    private double Reach => Epsilon * Math.Sqrt(Shape.Columns);

    [GlobalSetup]
    public void Setup() => _rows = GaussianRows.Create(Shape.Rows, Shape.Columns, Shape.Clusters, apart: 12, seed: 1).Rows;

    [Benchmark(Baseline = true)]
    public int Scalar() => ScalarDensity.Dbscan(_rows!, Reach, MinimumPoints);

    [Benchmark]
    public int OneThread() => Dbscan.Fit(_rows!, new DbscanOptions { Epsilon = Reach, MinimumPoints = MinimumPoints, Threads = 1 }).Clusters;

    [Benchmark]
    public int AllThreads() => Dbscan.Fit(_rows!, new DbscanOptions { Epsilon = Reach, MinimumPoints = MinimumPoints }).Clusters;
}

/// <summary>HDBSCAN* of Gaussian groups beside core distances row against row and Prim's spanning tree, neither of them with a matrix.</summary>
public class HdbscanBenchmarks
{
    private const int MinimumClusterSize = 25;

    private Matrix? _rows;

    public static IEnumerable<ClusterShape> Shapes => [new("10,000 × 2, 12 groups", 10_000, 2, 12), new("10,000 × 16, 12 groups", 10_000, 16, 12)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => _rows = GaussianRows.Create(Shape.Rows, Shape.Columns, Shape.Clusters, apart: 12, seed: 1).Rows;

    [Benchmark(Baseline = true)]
    public double Scalar() => ScalarDensity.SpanningTreeWeight(_rows!, MinimumClusterSize);

    [Benchmark]
    public double OneThread() => Hdbscan.Fit(_rows!, new HdbscanOptions { MinimumClusterSize = MinimumClusterSize, Threads = 1 }).SpanningTreeWeight;

    [Benchmark]
    public double AllThreads() => Hdbscan.Fit(_rows!, new HdbscanOptions { MinimumClusterSize = MinimumClusterSize }).SpanningTreeWeight;
}
