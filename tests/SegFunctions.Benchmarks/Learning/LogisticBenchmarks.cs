using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>Logistic regression on numbers beside categories: Newton's method written plainly over all columns, and ours over codes.</summary>
public class LogisticBenchmarks
{
    private const int Rows = 20_000;
    private const int Numbers = 20;
    private const int Categories = 6;
    private const int Levels = 10;

    private LogisticDesign? _design;
    private double[] _written = [];
    private bool[] _labels = [];
    private double[] _probabilities = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Xoshiro256(1);
        var (numbers, _) = GaussianRows.Create(Rows, Numbers, groups: 1, apart: 0, seed: 2);
        int[] codes = [.. Enumerable.Range(0, Rows * Categories).Select(_ => random.NextInt(Levels))];
        _design = LogisticDesign.Of(numbers, codes, [.. Enumerable.Repeat(Levels, Categories)]);
        _labels = [.. Enumerable.Range(0, Rows).Select(row => random.NextDouble() < Logistic.Probability(numbers[row, 0] - 1 + (codes[row * Categories] == 3 ? 1 : 0)))];
        var width = _design.Columns + 1;
        _written = new double[Rows * width];
        for (var row = 0; row < Rows; row++)
        {
            var own = _written.AsSpan(row * width, width);
            own[0] = 1;
            numbers.Row(row).CopyTo(own[1..]);
            for (var category = 0; category < Categories; category++)
                own[1 + Numbers + (category * Levels) + codes[(row * Categories) + category]] = 1;
        }

        _probabilities = [.. LogisticRegression.Fit(_design, _labels, new LogisticOptions()).LogOdds(_design).Select(Logistic.Probability)];
    }

    [Benchmark(Baseline = true)]
    public double Scalar()
    {
        var width = _design!.Columns + 1;
        var beta = new double[width];
        var hessian = new double[width * width];
        var gradient = new double[width];
        for (var step = 0; step < 5; step++)
        {
            Array.Clear(hessian);
            Array.Clear(gradient);
            for (var row = 0; row < Rows; row++)
            {
                var own = _written.AsSpan(row * width, width);
                var logOdds = 0.0;
                for (var j = 0; j < width; j++)
                    logOdds += own[j] * beta[j];
                var probability = 1 / (1 + Math.Exp(-logOdds));
                for (var j = 0; j < width; j++)
                {
                    gradient[j] += (probability - (_labels[row] ? 1 : 0)) * own[j];
                    for (var k = 0; k <= j; k++)
                        hessian[(j * width) + k] += probability * (1 - probability) * own[j] * own[k];
                }
            }

            for (var j = 0; j < width; j++)
            {
                hessian[(j * width) + j] += j > 0 ? 1 : 0;
                gradient[j] += j > 0 ? beta[j] : 0;
            }

            var move = Cholesky.Of(hessian, width)!.Solve(gradient);
            for (var j = 0; j < width; j++)
                beta[j] -= move[j];
        }

        return beta[1];
    }

    [Benchmark]
    public double Newton() => Fit(new LogisticOptions { Scaling = ColumnScaling.None, Threads = 1 });

    [Benchmark]
    public double LimitedMemory() => Fit(new LogisticOptions { Scaling = ColumnScaling.None, Threads = 1, Solver = LogisticSolver.LimitedMemory });

    [Benchmark]
    public double ElasticNet() => Fit(new LogisticOptions { L1 = 20, L2 = 20, Threads = 1 });

    [Benchmark]
    public double ReportWith500Resamples() => ClassificationReport.Of(_probabilities, _labels, default, new ClassificationReportOptions { Threads = 1 }).Auc!.Value.Lower;

    private double Fit(LogisticOptions options) => LogisticRegression.Fit(_design!, _labels, options).Coefficients[0];
}
