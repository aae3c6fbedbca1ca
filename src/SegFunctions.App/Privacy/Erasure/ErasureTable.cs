using System.Text.Json;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>The table <c>Erasures</c>: one row an erasure, by tombstone.</summary>
internal sealed class ErasureTable
{
    private const string Partition = "erasure";
    private readonly TableClient _table;
    private readonly OnceCreated _created;

    public ErasureTable(StorageAccount storage)
    {
        _table = storage.Tables.GetTableClient("Erasures");
        _created = new OnceCreated(token => _table.CreateIfNotExistsAsync(token));
    }

    public async Task<ErasureRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public async Task WriteAsync(ErasureRecord record, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        await _table.UpsertEntityAsync(
            new TableEntity(Partition, record.Id) { ["data"] = JsonSerializer.Serialize(record, AppJson.Default.ErasureRecord) },
            TableUpdateMode.Replace,
            cancellationToken);
    }

    public async Task<IReadOnlyList<ErasureRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var records = new List<ErasureRecord>();
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            records.Add(Read(row));
        return records;
    }

    private static ErasureRecord Read(TableEntity row) => JsonSerializer.Deserialize(row.GetString("data")!, AppJson.Default.ErasureRecord)!;
}
