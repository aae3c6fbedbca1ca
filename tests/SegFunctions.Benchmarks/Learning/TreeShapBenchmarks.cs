using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Shap;
using SegFunctions.Learning.Tests.Boosting.Shap;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Exact contributions of 20 columns to the margins of boosted trees; the baseline is the algorithm as it was published.</summary>
public class TreeShapBenchmarks
{
    private Matrix? _rows;
    private BoostedTrees? _model;
    private TreeExplainer? _explainer;
    private TreeExplainer? _compared;
    private double[] _contributions = [];

    public static IEnumerable<TreeShapShape> Shapes => [new("1,000 × 20, 50 trees of depth 4", 1000, 20, 50, 4), new("500 × 20, 50 trees of depth 6", 500, 20, 50, 6)];

    [ParamsSource(nameof(Shapes))]
    public required TreeShapShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_rows, _) = GaussianRows.Create(Shape.Rows, Shape.Columns, 2, apart: 1, seed: 1);
        var random = new Xoshiro256(1);
        var target = new double[Shape.Rows];
        for (var row = 0; row < target.Length; row++)
            target[row] = _rows[row, 0] + (_rows[row, 1] * _rows[row, 2]) + random.NextNormal();
        _model = GradientBoosting.Fit(_rows, target, new BoostingOptions { Loss = BoostingLoss.Squared, Rounds = Shape.Trees, MaxDepth = Shape.Depth, MinLeafRows = 2 });
        _explainer = TreeShap.For(_model);
        _compared = TreeShap.For(_model, _rows.Take([.. Enumerable.Range(0, 100)]));
        _contributions = new double[Shape.Rows * _explainer.Width];
    }

    [Benchmark(Baseline = true)]
    public double[] AsPublished()
    {
        var sums = new double[Shape.Rows * Shape.Columns];
        for (var row = 0; row < Shape.Rows; row++)
        {
            foreach (var tree in _model!.Trees)
                PolynomialShap.Add(tree, _rows!.Row(row), sums.AsSpan(row * Shape.Columns, Shape.Columns));
        }

        return sums;
    }

    [Benchmark]
    public void PathDependent() => _explainer!.Explain(_rows!.Values, _contributions);

    [Benchmark]
    public void AgainstABackgroundOf100() => _compared!.Explain(_rows!.Values, _contributions);

    [Benchmark]
    public Matrix PathDependentAllThreads() => _explainer!.Explain(_rows!);
}

public sealed record TreeShapShape(string Name, int Rows, int Columns, int Trees, int Depth) : Shape(Name, Rows);
