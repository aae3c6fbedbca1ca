using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering.Hierarchical;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Whole trees of merges, every linkage; the plain loops have Ward's.</summary>
public class HierarchicalBenchmarks
{
    private Matrix? _rows;
    private ScalarWard? _scalar;

    public static IEnumerable<ClusterShape> Shapes => [new("5,000 × 16", 5_000, 16, 8)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _rows = GaussianRows.Create(Shape.Rows, Shape.Columns, Shape.Clusters, apart: 1, seed: 1).Rows;
        _scalar = new ScalarWard(_rows);
        var (plain, ours) = (Scalar(), Ward());
        if (Math.Abs(plain - ours) > 1e-9 * plain)
            throw new InvalidOperationException($"The heights sum to {ours}, in plain loops to {plain}.");
    }

    [Benchmark(Baseline = true)]
    public double Scalar() => _scalar!.Run();

    [Benchmark]
    public double Ward() => SumOfHeights(Linkage.Ward);

    [Benchmark]
    public double Average() => SumOfHeights(Linkage.Average);

    [Benchmark]
    public double Complete() => SumOfHeights(Linkage.Complete);

    [Benchmark]
    public double Single() => SumOfHeights(Linkage.Single);

    private double SumOfHeights(Linkage linkage) =>
        Agglomerative.Fit(_rows!, new HierarchicalOptions { Linkage = linkage, Clusters = Shape.Clusters }).Dendrogram.Merges.Sum(merge => merge.Height);
}
