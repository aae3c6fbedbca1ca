using System.Security.Cryptography;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>A file of orders from its bytes to the lake's bytes, and the part of it that only reads, checks and normalises.</summary>
internal static class IntakeMeasures
{
    public static IReadOnlyList<MeasuredTask> All { get; } =
    [
        Of("intake_segfunctions/orders_small", "orders_small.csv", isPacked: true),
        Of("intake_segfunctions/orders_large", "orders_large.csv", isPacked: true),
        Of("intake_segfunctions_dropped/orders_large", "orders_large.csv", isPacked: false),
        ReadOnly("intake_segfunctions_read/orders_large", "orders_large.csv"),
        ReadOnly("intake_segfunctions_read/customers_large", "customers_large.csv"),
    ];

    private static MeasuredTask Of(string name, string file, bool isPacked) => new(name, Path.GetFileNameWithoutExtension(file), data => new MeasuredRun(1, 1, _ =>
    {
        var output = new FolderOutput(isPacked);
        var result = RunOf(data).RunAsync(RequestFor(data, file), output, CancellationToken.None).GetAwaiter().GetResult();
        return () => new MeasuredQuality(("rows", result.Report.Rows.Read), ("accepted", result.Report.Rows.Accepted), ("customers", result.Report.Customers.Count), ("bytes", output.Written));
    }));

    /// <summary>Reading, checking and normalising alone: no keys, no duplicates, nothing written.</summary>
    private static MeasuredTask ReadOnly(string name, string file) => new(name, Path.GetFileNameWithoutExtension(file), data => new MeasuredRun(1, 1, _ =>
    {
        var rows = RunOf(data).CheckAsync(RequestFor(data, file), CancellationToken.None).GetAwaiter().GetResult();
        return () => new MeasuredQuality(("rows", rows.Read), ("refused", rows.Refused));
    }));

    private static IntakeRun RunOf(MeasuredData data) => new(new CustomerKeyDerivation(new byte[32]), new IntakeOptions { Workers = data.Threads });

    private static IntakeRequest RequestFor(MeasuredData data, string file) => new()
    {
        FileName = file,
        OpenAsync = _ => Task.FromResult<Stream>(new FileStream(data.PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan)),
    };

    /// <summary>Packs and hashes parts as the lake does and writes everything to temporary files; or drops it.</summary>
    private sealed class FolderOutput(bool isPacked) : IntakeOutput
    {
        private long _written;

        public long Written => _written;

        public override Task WritePartAsync(PartCounts part, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => StoreAsync(write, LakeCodec.Zstandard, cancellationToken);

        public override Task WriteIdentifiersAsync(int partition, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => StoreAsync(write, LakeCodec.None, cancellationToken);

        public override Task WriteRowIndexAsync(int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => StoreAsync(write, LakeCodec.None, cancellationToken);

        public override Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => StoreAsync(write, LakeCodec.None, cancellationToken);

        private async Task StoreAsync(Func<Stream, CancellationToken, Task> write, LakeCodec codec, CancellationToken cancellationToken)
        {
            if (!isPacked)
            {
                await write(Stream.Null, cancellationToken);
                return;
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            await using (var packed = codec.Compress(codec == LakeCodec.None ? file : new MeasuredWriteStream(file, hash)))
                await write(packed, cancellationToken);
            Interlocked.Add(ref _written, file.Length);
        }
    }
}
