using System.Text.Json;
using SegFunctions.App.Privacy;
using SegFunctions.Customers;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Identity;

/// <summary>The table <c>Identities</c>: a row for each key that is one with others. Partition = shard of the key, row = the key.</summary>
internal sealed class IdentityTable
{
    private const int RowsAtOnce = 100;
    private const int ReadsAtATime = 16;

    // A text of a row holds 32k letters.
    private const int MostLetters = 28_000;

    private readonly TableClient _table;
    private readonly OnceCreated _created;

    public IdentityTable(StorageAccount storage)
    {
        _table = storage.Tables.GetTableClient(IdentityLinks.Table);
        _created = new OnceCreated(token => _table.CreateIfNotExistsAsync(token));
    }

    public async Task<IdentityRow?> FindAsync(CustomerKey key, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(key.Shard, key.ToString(), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>The keys that these keys stand for, in their order.</summary>
    public async Task<CustomerKey[]> CanonicalAsync(IReadOnlyList<CustomerKey> keys, CancellationToken cancellationToken)
    {
        var canonical = new CustomerKey[keys.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, canonical.Length, parallel, async (i, token) => canonical[i] = (await FindAsync(keys[i], token))?.Canonical ?? keys[i]);
        return canonical;
    }

    /// <summary>The rows of everybody who is one with a key, the canonical one first; empty where nobody is.</summary>
    public async Task<IReadOnlyList<IdentityRow>> GroupAsync(CustomerKey key, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken) is not { } own)
            return [];
        var head = own.Canonical == key ? own : await FindAsync(own.Canonical, cancellationToken);
        var rows = new List<IdentityRow>();
        foreach (var member in head?.Members ?? [])
        {
            // While a run writes, a member may belong to another group already.
            if (await FindAsync(member, cancellationToken) is { } row && row.Canonical == own.Canonical)
                rows.Add(row);
        }

        return rows;
    }

    public async Task<Dictionary<CustomerKey, IdentityRow>> ListAsync(CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var rows = new Dictionary<CustomerKey, IdentityRow>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            var row = Read(entity);
            rows[row.Key] = row;
        }

        return rows;
    }

    public async Task WriteAsync(IEnumerable<IdentityRow> rows, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        foreach (var shard in rows.GroupBy(row => row.Key.Shard))
        {
            foreach (var chunk in shard.Chunk(RowsAtOnce))
                await _table.SubmitTransactionAsync([.. chunk.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Write(row)))], cancellationToken);
        }
    }

    public async Task DeleteAsync(CustomerKey key, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(key.Shard, key.ToString(), cancellationToken: cancellationToken);

    /// <summary>What a row holds, as it is compared: when it was written does not count.</summary>
    public static string ContentOf(IdentityRow row)
    {
        var entity = Write(row);
        return string.Join('\n', entity["canonical"], entity["probability"], entity["members"], entity["links"], entity["unlisted"]);
    }

    /// <summary>The row with as many of its links as it has room for.</summary>
    private static TableEntity Write(IdentityRow row)
    {
        var kept = new List<StoredLink>();
        var letters = 0;
        foreach (var link in row.Links.OrderByDescending(link => link.Probability).ThenBy(link => link.Other, StringComparer.Ordinal))
        {
            letters += JsonSerializer.Serialize(link, AppJson.Published.StoredLink).Length + 1;
            if (letters > MostLetters)
                break;
            kept.Add(link);
        }

        return new TableEntity(row.Key.Shard, row.Key.ToString())
        {
            ["canonical"] = row.Canonical.ToString(),
            ["probability"] = row.Probability,
            ["members"] = string.Join(' ', row.Members),
            ["links"] = JsonSerializer.Serialize(kept, AppJson.Published.IReadOnlyListStoredLink),
            ["unlisted"] = row.LinksUnlisted + row.Links.Count - kept.Count,
            ["at"] = row.At,
        };
    }

    private static IdentityRow Read(TableEntity row) => new(
        Key(row.RowKey),
        Key(row.GetString("canonical")!),
        row.GetDouble("probability") ?? 1,
        [.. row.GetString("members")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Key)],
        JsonSerializer.Deserialize(row.GetString("links")!, AppJson.Published.IReadOnlyListStoredLink)!,
        row.GetInt32("unlisted") ?? 0,
        row.GetDateTimeOffset("at") ?? default);

    private static CustomerKey Key(string text) => CustomerKey.TryParse(text, out var key)
        ? key
        : throw new InvalidDataException($"A row of {IdentityLinks.Table} names no customer key.");
}
