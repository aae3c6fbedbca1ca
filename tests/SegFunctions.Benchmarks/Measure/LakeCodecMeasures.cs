using System.IO.Compression;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake;
using SegFunctions.Storage.Blobs.Lake;
using ZstdSharp;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>What packing canonical rows costs: processor time to write and to read, and bytes. The first partition of some 64 MB of each file, in memory, on one thread.</summary>
internal static class LakeCodecMeasures
{
    private const int BytesPerWrite = 1 << 17;
    private const int BytesOfFile = 64 << 20;

    public static IReadOnlyList<MeasuredTask> All { get; } =
    [
        .. Codecs("orders_large", "orders_large.csv", null),
        .. Codecs("customers_large", "customers_large.csv", null),
        .. Codecs("events", null, "events"),
    ];

    private static IEnumerable<MeasuredTask> Codecs(string workload, string? file, string? simulated)
    {
        yield return Of("none", stream => LakeCodec.None.Compress(stream), LakeCodec.None.Decompress);
        yield return Of("gzip_fastest", stream => LakeCodec.Gzip.Compress(stream), LakeCodec.Gzip.Decompress);
        yield return Of("gzip_optimal", stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true), LakeCodec.Gzip.Decompress);
        yield return Of("deflate_fastest", stream => new DeflateStream(stream, CompressionLevel.Fastest, leaveOpen: true), stream => new DeflateStream(stream, CompressionMode.Decompress));
        foreach (var level in new[] { 0, 1, 3 })
            yield return Of($"brotli_{level}", stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = level }, leaveOpen: true), stream => new BrotliStream(stream, CompressionMode.Decompress));
        foreach (var level in new[] { -3, -1, 1, 2, 3 })
            yield return Of($"zstd_{level}", stream => new ZstandardWriteStream(stream, level), LakeCodec.Zstandard.Decompress);
        yield return Of("zstd_1_stream", stream => new CompressionStream(stream, 1, leaveOpen: true), LakeCodec.Zstandard.Decompress);

        MeasuredTask Of(string codec, Func<Stream, Stream> pack, Func<Stream, Stream> unpack) => new($"lake_codec_{codec}/{workload}", workload, data =>
        {
            var rows = file is null ? Simulated(simulated!) : RowsOf(data.PathOf(file));
            return new MeasuredRun(1, 1, _ =>
            {
                var packed = new MemoryStream(rows.Length + (rows.Length >> 4));
                var (_, _, write) = Measurement.Clocked(() =>
                {
                    using var packing = pack(packed);
                    for (var start = 0; start < rows.Length; start += BytesPerWrite)
                        packing.Write(rows, start, Math.Min(BytesPerWrite, rows.Length - start));
                    return 0;
                });
                packed.Position = 0;
                var (length, _, read) = Measurement.Clocked(() => Length(unpack(packed)));
                var size = (double)packed.Length;
                return () => length != rows.Length
                    ? throw new InvalidDataException($"{codec} gave back {length} of {rows.Length} bytes.")
                    : new MeasuredQuality(("write_ns_per_byte", 1e9 * write / rows.Length), ("read_ns_per_byte", 1e9 * read / rows.Length), ("share", size / rows.Length));
            });
        });
    }

    private static long Length(Stream content)
    {
        var buffer = new byte[BytesPerWrite];
        long length = 0;
        for (int read; (read = content.Read(buffer)) > 0;)
            length += read;
        return length;
    }

    private static byte[] RowsOf(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[Math.Min(file.Length, BytesOfFile)];
        file.ReadExactly(head);
        var end = head.AsSpan().LastIndexOf((byte)'\n') + 1;
        return CanonicalOf(Path.GetFileName(path), () => new MemoryStream(head, 0, end, writable: false), null);
    }

    /// <summary>Events of a shop, drawn with a fixed seed.</summary>
    private static byte[] Simulated(string dataset)
    {
        var random = new Random(4);
        var moment = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] types = ["page_viewed", "page_viewed", "page_viewed", "product_viewed", "product_added", "checkout_started", "search"];
        string[] devices = ["phone", "phone", "desktop", "tablet"];
        using var text = new MemoryStream();
        using (var writer = new StreamWriter(text, leaveOpen: true))
        {
            writer.Write("event_id,customer_id,timestamp,type,device,url\n");
            for (var row = 0; row < 1_000_000; row++)
            {
                moment = moment.AddSeconds(random.Next(20));
                writer.Write($"e{row:x8},c{random.Next(100_000)},{moment:yyyy-MM-ddTHH:mm:ssZ},{types[random.Next(types.Length)]},{devices[random.Next(devices.Length)]},https://shop.example/products/{random.Next(5000)}\n");
            }
        }

        return CanonicalOf($"{dataset}.csv", () => new MemoryStream(text.ToArray(), writable: false), dataset);
    }

    private static byte[] CanonicalOf(string name, Func<Stream> open, string? dataset)
    {
        var output = new FirstPart();
        var request = new IntakeRequest { FileName = name, OpenAsync = _ => Task.FromResult(open()), Dataset = dataset };
        new IntakeRun(new CustomerKeyDerivation(new byte[32]), new IntakeOptions()).RunAsync(request, output, CancellationToken.None).GetAwaiter().GetResult();
        return output.Rows;
    }

    private sealed class FirstPart : IntakeOutput
    {
        public byte[] Rows { get; private set; } = [];

        public override async Task WritePartAsync(PartCounts part, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
        {
            if (part.Partition > 0)
                return;
            using var rows = new MemoryStream();
            await write(rows, cancellationToken);
            Rows = rows.ToArray();
        }

        public override Task WriteIdentifiersAsync(int partition, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task WriteRowIndexAsync(int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
