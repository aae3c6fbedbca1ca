using SegFunctions.Customers;
using SegFunctions.Customers.Privacy;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy;

/// <summary>The tombstones, twice: in the table <c>Tombstones</c> and as empty blobs in the container of that name.</summary>
/// <remarks>Either may be set back to an older backup: what one of them has counts, and <see cref="HealAsync"/> completes the other.</remarks>
internal sealed class TombstoneStore
{
    private const string EpochKey = "epoch";

    /// <summary>How long a list is used again without asking whether it has grown.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly TableClient _table;
    private readonly BlobContainer _blobs;
    private readonly TombstoneDerivation _derivation;
    private readonly TimeProvider _time;
    private readonly OnceCreated _created;
    private volatile Cached? _cached;

    public TombstoneStore(StorageAccount storage, TombstoneDerivation derivation, TimeProvider time)
    {
        _table = storage.Tables.GetTableClient("Tombstones");
        _blobs = storage.Blobs.GetContainer("tombstones");
        (_derivation, _time) = (derivation, time);
        _created = new OnceCreated(token => _table.CreateIfNotExistsAsync(token));
    }

    public Tombstone Of(CustomerKey key) => _derivation.Of(key);

    /// <summary>Sets tombstones; those that stand already stay as they are.</summary>
    public async Task AddAsync(IEnumerable<Tombstone> tombstones, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        foreach (var tombstone in tombstones)
        {
            await AddBlobAsync(tombstone, cancellationToken);
            await AddRowAsync(tombstone, cancellationToken);
        }

        // After the tombstones: who sees the new epoch sees them too.
        await _table.UpsertEntityAsync(new TableEntity(EpochKey, EpochKey) { ["value"] = Guid.NewGuid().ToString("N") }, TableUpdateMode.Replace, cancellationToken);
        _cached = null;
    }

    /// <summary>Everybody who was erased, read anew.</summary>
    public async Task<ErasedCustomers> ReadAsync(CancellationToken cancellationToken)
    {
        var (rows, blobs) = await ListAsync(cancellationToken);
        rows.UnionWith(blobs);
        return new ErasedCustomers(rows, _derivation);
    }

    /// <summary>Everybody who was erased, at most a second old: for answers to requests.</summary>
    public async ValueTask<ErasedCustomers> CurrentAsync(CancellationToken cancellationToken)
    {
        var cached = _cached;
        var now = _time.GetUtcNow();
        if (cached is not null && now - cached.At < Freshness && now >= cached.At)
            return cached.Erased;
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(EpochKey, EpochKey, cancellationToken: cancellationToken);
        var epoch = row.HasValue ? row.Value!.GetString("value") : null;
        var erased = cached is not null && cached.Epoch == epoch ? cached.Erased
            : epoch is null ? ErasedCustomers.None
            : new ErasedCustomers(await ListRowsAsync(cancellationToken), _derivation);
        _cached = new Cached(erased, epoch, now);
        return erased;
    }

    /// <summary>Brings table and blobs to the same tombstones, after one of them was set back.</summary>
    /// <returns>How many were missing on one side.</returns>
    public async Task<int> HealAsync(CancellationToken cancellationToken)
    {
        var (rows, blobs) = await ListAsync(cancellationToken);
        var missing = rows.Except(blobs).Concat(blobs.Except(rows)).ToArray();
        if (missing.Length > 0)
            await AddAsync(missing, cancellationToken);
        return missing.Length;
    }

    private async Task<(HashSet<Tombstone> Rows, HashSet<Tombstone> Blobs)> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await ListRowsAsync(cancellationToken);
        var blobs = new HashSet<Tombstone>();
        await foreach (var blob in _blobs.ListAsync("", cancellationToken))
        {
            if (Tombstone.TryParse(blob.Name, out var tombstone))
                blobs.Add(tombstone);
        }

        return (rows, blobs);
    }

    private async Task<HashSet<Tombstone>> ListRowsAsync(CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var rows = new HashSet<Tombstone>();
        await foreach (var row in _table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            if (Tombstone.TryParse(row.RowKey, out var tombstone))
                rows.Add(tombstone);
        }

        return rows;
    }

    private async Task AddBlobAsync(Tombstone tombstone, CancellationToken cancellationToken)
    {
        try
        {
            await _blobs.WriteAsync(tombstone.ToString(), ReadOnlyMemory<byte>.Empty, new BlobWriteOptions { OnlyIfMissing = true }, cancellationToken);
        }
        catch (BlobChangedException)
        {
            // It stands.
        }
    }

    private Task AddRowAsync(Tombstone tombstone, CancellationToken cancellationToken)
    {
        var text = tombstone.ToString();
        return _table.UpsertEntityAsync(new TableEntity(text[..2], text), TableUpdateMode.Merge, cancellationToken);
    }

    private sealed record Cached(ErasedCustomers Erased, string? Epoch, DateTimeOffset At);
}
