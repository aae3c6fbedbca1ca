using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>One pass of the likelihoods, gradient and Hessian included, beside a scalar pass of BG/NBD without either.</summary>
public class LifetimeBenchmarks
{
    private static readonly double[] Parameters = [0.85, 4.2, 0.7, 8];

    private readonly double[] _gradient = new double[4];
    private readonly double[] _hessian = new double[16];
    private PurchaseHistories? _histories;
    private ChunkTeam? _one;
    private ChunkTeam? _all;
    private ILikelihood? _betaGeometricOne;
    private ILikelihood? _betaGeometricAll;
    private ILikelihood? _paretoAll;

    public static IEnumerable<LifetimeShape> Shapes => [new("1,000,000 customers", 1_000_000)];

    [ParamsSource(nameof(Shapes))]
    public required LifetimeShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // No two alike, as times to the second are.
        var random = new Xoshiro256(1);
        var (repeats, recency, age) = (new int[Shape.Rows], new double[Shape.Rows], new double[Shape.Rows]);
        for (var i = 0; i < repeats.Length; i++)
        {
            repeats[i] = (int)(-8 * Math.Log(1 - random.NextDouble()));
            age[i] = 52 + (52 * random.NextDouble());
            recency[i] = repeats[i] == 0 ? 0 : age[i] * random.NextDouble();
        }

        _histories = new PurchaseHistories(repeats, recency, age);
        var grouped = GroupedHistories.Of(_histories);
        _one = new ChunkTeam(threads: 1, CancellationToken.None);
        _all = new ChunkTeam(threads: null, CancellationToken.None);
        _betaGeometricOne = new BetaGeometricLikelihood(grouped, PurchaseModelKind.BgNbd, _one);
        _betaGeometricAll = new BetaGeometricLikelihood(grouped, PurchaseModelKind.BgNbd, _all);
        _paretoAll = new ParetoNbdLikelihood(grouped, _all);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _one?.Dispose();
        _all?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public double ScalarValueAlone()
    {
        var (r, alpha, a, b) = (Parameters[0], Parameters[1], Parameters[2], Parameters[3]);
        var sum = 0.0;
        for (var i = 0; i < _histories!.Count; i++)
        {
            var (x, recency, age) = _histories[i];
            var value = GammaFunctions.Rise(r, x).Log + GammaFunctions.Rise(b, x).Log - GammaFunctions.Rise(a + b, x).Log + (r * Math.Log(alpha)) - ((r + x) * Math.Log(alpha + age));
            sum += x == 0 ? value : value + Math.Log(1 + Math.Exp(Math.Log(a / (b + x - 1)) + ((r + x) * Math.Log((alpha + age) / (alpha + recency)))));
        }

        return sum;
    }

    [Benchmark]
    public double BetaGeometricOneThread() => _betaGeometricOne!.Evaluate(Parameters, _gradient, _hessian);

    [Benchmark]
    public double BetaGeometricAllThreads() => _betaGeometricAll!.Evaluate(Parameters, _gradient, _hessian);

    [Benchmark]
    public double ParetoAllThreads() => _paretoAll!.Evaluate(Parameters, _gradient, _hessian);
}

public sealed record LifetimeShape(string Name, int Rows) : Shape(Name, Rows);
