using BenchmarkDotNet.Attributes;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Benchmarks.Storage;

/// <summary>Upserts of rows as a refresh publishes them: a kilobyte of JSON and four small columns, all in one partition.</summary>
public class TableBenchmarks
{
    private const int BatchSize = 100;

    private OpenedStorage? _storage;
    private TableClient? _table;
    private TableEntity[] _rows = [];
    private TableTransactionAction[][] _batches = [];

    public static IEnumerable<StorageShape> Shapes => StorageShape.Of("1,000 rows of 1 KB", 1_000);

    [ParamsSource(nameof(Shapes))]
    public required StorageShape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => _storage!.CloseAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public async Task OneByOne()
    {
        foreach (var row in _rows)
            await _table!.UpsertEntityAsync(row, TableUpdateMode.Replace);
    }

    [Benchmark]
    public async Task BatchesOf100()
    {
        foreach (var batch in _batches)
            await _table!.SubmitTransactionAsync(batch);
    }

    private async Task SetupAsync()
    {
        _storage = await Shape.OpenAsync();
        _table = _storage.Account.Tables.GetTableClient("Measured");
        await _table.CreateIfNotExistsAsync();
        var data = new string('x', 1_000);
        _rows =
        [
            .. Enumerable.Range(0, Shape.Rows).Select(row => new TableEntity("a7", $"row-{row:d6}")
            {
                ["run"] = 7L,
                ["hash"] = "0123456789abcdef",
                ["data"] = data,
                ["previousRun"] = 6L,
            }),
        ];
        _batches = [.. _rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)).Chunk(BatchSize)];
    }
}
