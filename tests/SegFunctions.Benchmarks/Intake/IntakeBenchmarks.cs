using BenchmarkDotNet.Attributes;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake;

namespace SegFunctions.Benchmarks.Intake;

/// <summary>The whole intake of an order export: recognise, check, convert, key, look for duplicates, write canonical rows and row index to nowhere.</summary>
public class IntakeBenchmarks
{
    private readonly CustomerKeyDerivation _keys = new("a secret of benchmarks alone"u8);
    private byte[] _file = [];

    public static IEnumerable<Shape> Shapes => [new("200,000 order lines", 200_000)];

    [ParamsSource(nameof(Shapes))]
    public required Shape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => _file = OrderCsv.Bytes(Shape.Rows, quoted: false, seed: 1);

    /// <summary>The least that does the same for this one file: no quotes, one way of writing dates and numbers, no report, no bound on memory.</summary>
    [Benchmark(Baseline = true)]
    public int NaiveIntake() => Intake.NaiveIntake.Run(_file, _keys);

    [Benchmark]
    public Task<long> OneWorker() => RunAsync(new IntakeOptions { Workers = 1 });

    [Benchmark]
    public Task<long> AllWorkers() => RunAsync(new IntakeOptions());

    private async Task<long> RunAsync(IntakeOptions options)
    {
        var request = new IntakeRequest { FileName = "orders.csv", OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(_file)), Dataset = "orders" };
        var result = await new IntakeRun(_keys, options).RunAsync(request, new NullOutput(), CancellationToken.None);
        return result.Report.Rows.Accepted == 0 ? throw new InvalidOperationException("No row was accepted.") : result.Bytes;
    }

    private sealed class NullOutput : IntakeOutput
    {
        public override Task WritePartAsync(PartCounts part, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => write(Stream.Null, cancellationToken);

        public override Task WriteIdentifiersAsync(int partition, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => write(Stream.Null, cancellationToken);

        public override Task WriteRowIndexAsync(int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => write(Stream.Null, cancellationToken);

        public override Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => write(Stream.Null, cancellationToken);
    }
}
