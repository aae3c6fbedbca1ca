using BenchmarkDotNet.Attributes;
using SegFunctions.Customers;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Tests.Features;

namespace SegFunctions.Benchmarks.Features;

/// <summary>From order lines in any order to the feature row of every customer.</summary>
public class FeatureBenchmarks
{
    private static readonly DateTime AsOf = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private OrderLine[] _lines = [];
    private OrderLedger? _ledger;

    public static IEnumerable<FeatureShape> Shapes => [new("1,000,000 lines, 50,000 customers", 1_000_000, 50_000)];

    [ParamsSource(nameof(Shapes))]
    public required FeatureShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _lines = Lines(Shape.Rows, Shape.Customers, seed: 1);
        _ledger = OrderLedger.Of(_lines);
    }

    /// <summary>The definitions as they read, customer by customer; what the tests compare results with.</summary>
    [Benchmark(Baseline = true)]
    public int NaiveLinq() => _lines.GroupBy(line => line.Customer).Count(customer => NaiveFeatures.Of(customer, AsOf).Count > 0 && NaiveFeatures.Country(customer, AsOf) is not null);

    [Benchmark]
    public int GroupAndExtract() => FeatureExtraction.Extract(OrderLedger.Of(_lines), AsOf).Rows;

    /// <summary>The lines are grouped already; as training does it, which asks for several instants.</summary>
    [Benchmark]
    public int Extract() => FeatureExtraction.Extract(_ledger!, AsOf).Rows;

    private static OrderLine[] Lines(int count, int customers, int seed)
    {
        var random = new Random(seed);
        string[] countries = ["France", "Germany", "United Kingdom"];
        var lines = new OrderLine[count];
        for (var i = 0; i < count; i++)
        {
            lines[i] = new OrderLine
            {
                Customer = new CustomerKey(new UInt128((ulong)(random.Next(customers) + 1) * 0x9E3779B97F4A7C15UL, 0)),
                Timestamp = AsOf.AddMinutes(-random.Next(1, 730 * 1440)),
                Order = (ulong)random.Next((count / 4) + 1),
                Product = (ulong)random.Next(1, 2000),
                Quantity = random.Next(1, 12),
                Amount = random.Next(100, 20_000) / 100.0,
                Kind = random.Next(20) == 0 ? OrderLineKind.Return : OrderLineKind.Purchase,
                Country = countries[random.Next(countries.Length)],
            };
        }

        return lines;
    }
}

public sealed record FeatureShape(string Name, int Rows, int Customers) : Shape(Name, Rows);
