using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Growing;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Adding the rows of a node to the histograms of eight lanes: every row of 160,000, or one in 32.</summary>
public class HistogramBenchmarks
{
    private const int TableRows = 160_000;

    private readonly long[] _sums = new long[8 * HistogramKernel.Stride];
    private byte[] _bytes = [];
    private long[] _pairs = [];
    private int[] _rows = [];
    private int[] _rowsAndAhead = [];
    private ScalarHistogram _scalar = new([], [], []);

    [Params(1, 32)]
    public int OneRowIn { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Xoshiro256(1);
        _bytes = [.. Enumerable.Range(0, 8 * TableRows).Select(_ => (byte)random.NextInt(256))];
        var gradients = Enumerable.Range(0, TableRows).Select(_ => random.NextDouble() - 0.5).ToArray();
        var curvatures = Enumerable.Range(0, TableRows).Select(_ => random.NextDouble()).ToArray();
        _pairs = [.. gradients.Zip(curvatures, (gradient, curvature) => ((long)(gradient * 8192) << 32) + (long)(curvature * 8192))];
        _rows = [.. Enumerable.Range(0, TableRows).Where(_ => random.NextInt(OneRowIn) == 0)];
        _rowsAndAhead = [.. _rows, .. new int[HistogramKernel.Ahead]];
        var columns = Enumerable.Range(0, 8).Select(column => Enumerable.Range(0, TableRows).Select(row => _bytes[(8 * row) + column]).ToArray()).ToArray();
        _scalar = new ScalarHistogram(columns, gradients, curvatures);
    }

    [Benchmark(Baseline = true)]
    public object Scalar() => _scalar.Add(_rows);

    [Benchmark]
    public long Packed()
    {
        Array.Clear(_sums);
        HistogramKernel.Add(_bytes, 8, _pairs, _rowsAndAhead, _sums);
        return _sums[0];
    }
}

/// <summary>Scoring 20,000 rows of 20 columns by 100 trees of depth 6.</summary>
public class TreeScoringBenchmarks
{
    private Matrix _rows = new(0, 1, []);
    private BoostedTrees? _model;

    [GlobalSetup]
    public void Setup()
    {
        (_rows, _) = GaussianRows.Create(20_000, 20, groups: 2, apart: 1, seed: 1);
        double[] target = [.. Enumerable.Range(0, _rows.Rows).Select(row => _rows[row, 0] * _rows[row, 1] > _rows[row, 2] ? 1.0 : 0)];
        _model = GradientBoosting.Fit(_rows, target, new BoostingOptions { Rounds = 100, MaxDepth = 6 });
        _model.PredictRaw(_rows);
    }

    [Benchmark(Baseline = true)]
    public double Walk()
    {
        var margins = new double[_rows.Rows];
        using var team = new ChunkTeam(1, CancellationToken.None);
        new TreeWalk(_rows, margins, 1).Add(_model!.Trees, team);
        return margins[0];
    }

    [Benchmark]
    public double SixtyFourAtOnce() => _model!.PredictRaw(_rows, threads: 1)[0];
}
