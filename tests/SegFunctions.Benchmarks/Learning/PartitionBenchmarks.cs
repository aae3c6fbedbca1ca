using BenchmarkDotNet.Attributes;
using SegFunctions.Learning;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Benchmarks.Learning;

/// <summary>What two partitions have in common; the baseline counts pairs of rows one by one.</summary>
public class PartitionBenchmarks
{
    private int[] _first = [];
    private int[] _second = [];

    public static IEnumerable<ClusterShape> Shapes => [new("5,000 rows, 20 groups", 5_000, 1, 20)];

    [ParamsSource(nameof(Shapes))]
    public required ClusterShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Xoshiro256(1);
        _first = [.. Enumerable.Range(0, Shape.Rows).Select(_ => random.NextInt(Shape.Clusters))];
        _second = [.. _first.Select(label => random.NextInt(3) > 0 ? label : random.NextInt(Shape.Clusters))];
    }

    [Benchmark(Baseline = true)]
    public double RandIndexByPairs()
    {
        var agreed = 0L;
        for (var row = 0; row < _first.Length; row++)
        {
            for (var other = row + 1; other < _first.Length; other++)
                agreed += (_first[row] == _first[other]) == (_second[row] == _second[other]) ? 1 : 0;
        }

        return agreed / (_first.Length * (_first.Length - 1.0) / 2);
    }

    [Benchmark]
    public double AdjustedRand() => AdjustedRandIndex.Of(_first, _second);

    [Benchmark]
    public double AdjustedInformation() => AdjustedMutualInformation.Of(_first, _second);

    [Benchmark]
    public double Homogeneity() => VMeasure.Of(_first, _second).Homogeneity;
}
