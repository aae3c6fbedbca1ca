using System.Text;
using BenchmarkDotNet.Attributes;
using SegFunctions.Customers;

namespace SegFunctions.Benchmarks.Intake;

/// <summary>Customer keys of ids that were not met before: one call of the library each, and eight at once.</summary>
public class KeyBenchmarks
{
    private const string Source = "default";

    private readonly CustomerKeyDerivation _keys = new(new byte[32]);
    private readonly byte[] _prefix = CustomerKeyDerivation.PrefixOf(Source);
    private readonly byte[] _blocks = new byte[KeyedHashLanes.Lanes * KeyedHashLanes.BlockLength];
    private readonly int[] _lengths = new int[KeyedHashLanes.Lanes];
    private readonly CustomerKey[] _derived = new CustomerKey[KeyedHashLanes.Lanes];
    private byte[][] _ids = [];

    public static IEnumerable<Shape> Shapes => [new("10,000 ids", 10_000)];

    [ParamsSource(nameof(Shapes))]
    public required Shape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => _ids = [.. Enumerable.Range(0, Shape.Rows).Select(number => Encoding.UTF8.GetBytes($"C{number:0000000}"))];

    [Benchmark(Baseline = true)]
    public UInt128 Library()
    {
        var sum = UInt128.Zero;
        foreach (var id in _ids)
            sum += _keys.Derive(Source, id).Value;
        return sum;
    }

    [Benchmark]
    public UInt128 EightAtOnce()
    {
        var sum = UInt128.Zero;
        for (var first = 0; first < _ids.Length; first += KeyedHashLanes.Lanes)
        {
            for (var lane = 0; lane < KeyedHashLanes.Lanes; lane++)
            {
                var block = _blocks.AsSpan(lane * KeyedHashLanes.BlockLength);
                _prefix.CopyTo(block);
                _ids[first + lane].CopyTo(block[_prefix.Length..]);
                _lengths[lane] = _prefix.Length + _ids[first + lane].Length;
            }

            _keys.DeriveLanes(_blocks, _lengths, _derived);
            foreach (var key in _derived)
                sum += key.Value;
        }

        return sum;
    }
}
