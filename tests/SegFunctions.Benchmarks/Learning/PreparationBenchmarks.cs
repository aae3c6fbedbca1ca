using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>A third of the columns skewed, a third even, a third with missing values; the baseline is what cannot be avoided: sorting each.</summary>
public class PreparationBenchmarks
{
    private Table? _table;
    private PreparationModel? _model;
    private double[][] _columns = [];
    private double[] _scratch = [];

    public static IEnumerable<PreparationShape> Shapes => [new("100,000 × 20", 100_000, 20), new("1,000,000 × 20", 1_000_000, 20)];

    [ParamsSource(nameof(Shapes))]
    public required PreparationShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _columns = new double[Shape.Columns][];
        for (var column = 0; column < _columns.Length; column++)
        {
            var random = new Xoshiro256(seed: 1, stream: column);
            var values = new double[Shape.Rows];
            for (var row = 0; row < values.Length; row++)
            {
                var normal = random.NextNormal();
                values[row] = (column % 3) switch
                {
                    0 => Math.Exp(normal),
                    1 => normal,
                    _ => random.NextDouble() < 0.1 ? double.NaN : normal,
                };
            }

            _columns[column] = values;
        }

        _table = new Table([.. _columns.Select((values, column) => new NumericColumn($"c{column}", values))]);
        _model = TablePreparation.Fit(_table);
        _scratch = new double[Shape.Rows];
    }

    [Benchmark(Baseline = true)]
    public double SortEveryColumn()
    {
        var sum = 0.0;
        foreach (var column in _columns)
        {
            column.CopyTo(_scratch, 0);
            Array.Sort(_scratch);
            sum += _scratch[^1];
        }

        return sum;
    }

    [Benchmark]
    public int FitOneThread() => TablePreparation.Fit(_table!, new PreparationOptions { Threads = 1 }).Outputs.Count;

    [Benchmark]
    public int FitAllThreads() => TablePreparation.Fit(_table!).Outputs.Count;

    [Benchmark]
    public Matrix TransformAllThreads() => _model!.TransformForFitting(_table!);
}

public sealed record PreparationShape(string Name, int Rows, int Columns) : Shape(Name, Rows);
