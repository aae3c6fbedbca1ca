using BenchmarkDotNet.Attributes;
using SegFunctions.Benchmarks.Intake;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.Benchmarks.Storage;

/// <summary>An upload written to the lake, committed and deleted, and one read back; one partition, with and without compression.</summary>
public class LakeBenchmarks
{
    private const string Dataset = "orders";
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly byte[] _buffer = new byte[64 * 1024];
    private OpenedStorage? _storage;
    private Lake? _lake;
    private byte[] _rows = [];

    public static IEnumerable<StorageShape> Shapes => StorageShape.Of("100,000 rows", 100_000);

    [ParamsSource(nameof(Shapes))]
    public required StorageShape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => _storage!.CloseAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public Task WritePlain() => WriteAsync(LakeCodec.None);

    [Benchmark]
    public Task WriteGzip() => WriteAsync(LakeCodec.Gzip);

    [Benchmark]
    public Task WriteZstandard() => WriteAsync(LakeCodec.Zstandard);

    [Benchmark]
    public Task<long> ReadGzip() => ReadAsync(LakeCodec.Gzip);

    [Benchmark]
    public Task<long> ReadZstandard() => ReadAsync(LakeCodec.Zstandard);

    private async Task<long> ReadAsync(LakeCodec codec)
    {
        var manifest = await _lake!.FindAsync(Dataset, KeptAs(codec), CancellationToken.None);
        await using var part = await _lake.OpenPartAsync(manifest!, manifest!.Parts[0], CancellationToken.None);
        var bytes = 0L;
        for (int read; (read = await part.ReadAsync(_buffer)) > 0;)
            bytes += read;
        return bytes;
    }

    private static string KeptAs(LakeCodec codec) => $"kept-{codec}";

    private async Task SetupAsync()
    {
        _storage = await Shape.OpenAsync();
        var container = _storage.Account.Blobs.GetContainer(Lake.ContainerName);
        await container.CreateIfNotExistsAsync(CancellationToken.None);
        _lake = new Lake(container, TimeProvider.System);
        _rows = OrderCsv.Bytes(Shape.Rows, quoted: false, seed: 1);
        foreach (var codec in new[] { LakeCodec.Gzip, LakeCodec.Zstandard })
            await PutAsync(KeptAs(codec), codec);
    }

    private async Task WriteAsync(LakeCodec codec)
    {
        await PutAsync("measured", codec);
        await _lake!.DeleteAsync(Dataset, "measured", CancellationToken.None);
    }

    private async Task PutAsync(string id, LakeCodec codec)
    {
        var upload = _lake!.Begin(new LakeUploadOptions { Dataset = Dataset, UploadId = id, Sequence = 1, Format = "csv", Codec = codec });
        await upload.WritePartAsync(
            0,
            async (stream, cancel) =>
            {
                await stream.WriteAsync(_rows, cancel);
                return Shape.Rows;
            },
            CancellationToken.None);
        await upload.CommitAsync(Hash, properties: null, CancellationToken.None);
    }
}
