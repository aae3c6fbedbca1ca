using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Matching;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>The Hungarian method: cubic, so ten times the side may take a thousand times as long.</summary>
public class AssignmentBenchmarks
{
    private double[] _costs = [];

    [Params(20, 100, 1000)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Xoshiro256(1);
        _costs = new double[Side * Side];
        for (var i = 0; i < _costs.Length; i++)
            _costs[i] = random.NextDouble();
    }

    [Benchmark]
    public int[] Minimise() => LinearAssignment.Minimise(_costs, Side, Side);
}
