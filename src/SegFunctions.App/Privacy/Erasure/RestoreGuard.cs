using System.Security.Cryptography;
using System.Text;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Looks for people who were erased and are there again, because a store was set back to an older backup, and erases them once more.</summary>
/// <remarks>
/// It reads the customer keys of lake, vault and tables: once a day, and at a start where a blob of lake or vault is another one than at the last time. A dropped file that
/// comes back is a new version of a blob, which intake takes in and refuses. Erasures that were begun and are not at work are carried on.
/// </remarks>
internal sealed partial class RestoreGuard(
    TombstoneStore tombstones, ErasureStarter starter, ErasureCases cases, Lake lake, Vault vault, StorageAccount storage, TimeProvider time, ILogger<RestoreGuard> logger)
{
    private const string StatusKey = "guard";

    /// <summary>How long a search counts where no blob has changed since; less than a day, so that each daily check searches.</summary>
    private static readonly TimeSpan SearchCounts = TimeSpan.FromHours(20);

    /// <summary>Tables whose rows bear the key of a customer.</summary>
    private static readonly string[] Tables = ["Memberships", "SegmentMembers", "Consents", IdentityLinks.Table];

    private readonly TableClient _status = storage.Tables.GetTableClient("PrivacyStatus");

    /// <returns>How many erasures were started or carried on.</returns>
    public async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        var healed = await tombstones.HealAsync(cancellationToken);
        var open = await cases.ListAsync(cancellationToken);
        foreach (var id in open)
            await starter.ResumeAsync(id, cancellationToken);
        var erased = await tombstones.ReadAsync(cancellationToken);
        var back = erased.Count == 0 ? [] : await FindAsync(erased, isHealed: healed > 0, cancellationToken);
        // What an erasure that works has not cleared yet is no return. Looked at after the search, for one may have begun meanwhile.
        var underWay = back.Count == 0 ? [] : await UnderWayAsync(cancellationToken);
        var returned = back.Where(key => !underWay.Contains(key)).ToArray();
        foreach (var key in returned)
            await starter.StartAsync(key, rawId: null, cancellationToken);
        if (healed > 0 || open.Count > 0 || returned.Length > 0)
            LogFound(healed, open.Count, returned.Length);
        return open.Count + returned.Length;
    }

    /// <summary>All keys of the people whose erasure is under way.</summary>
    private async Task<HashSet<CustomerKey>> UnderWayAsync(CancellationToken cancellationToken)
    {
        var keys = new HashSet<CustomerKey>();
        foreach (var id in await cases.ListAsync(cancellationToken))
        {
            if (await cases.FindAsync(id, cancellationToken) is { } person)
                keys.UnionWith(person.Keys);
        }

        return keys;
    }

    /// <summary>Those who are back; nobody where nothing can have changed since the last search.</summary>
    private async Task<IReadOnlyList<CustomerKey>> FindAsync(ErasedCustomers erased, bool isHealed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stored = await StoredAsync(cancellationToken);
        var last = await _status.GetEntityIfExistsAsync<TableEntity>(StatusKey, StatusKey, cancellationToken: cancellationToken);
        if (!isHealed && last.HasValue && last.Value!.GetString("stored") == stored && now - last.Value.GetDateTimeOffset("at") < SearchCounts)
            return [];
        var back = await FindAsync(erased, cancellationToken);
        await _status.CreateIfNotExistsAsync(cancellationToken);
        await _status.UpsertEntityAsync(new TableEntity(StatusKey, StatusKey) { ["stored"] = stored, ["at"] = now }, TableUpdateMode.Replace, cancellationToken);
        return back;
    }

    /// <summary>A hash of all names and versions of blobs in lake and vault: a restore makes other versions.</summary>
    private async Task<string> StoredAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var container in new[] { Lake.ContainerName, Vault.ContainerName })
        {
            await foreach (var blob in storage.Blobs.GetContainer(container).ListAsync("", cancellationToken))
                hash.AppendData(Encoding.UTF8.GetBytes($"{blob.Name}\n{blob.ETag}\n"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private async Task<IReadOnlyList<CustomerKey>> FindAsync(ErasedCustomers erased, CancellationToken cancellationToken)
    {
        var back = new SortedSet<CustomerKey>();
        await foreach (var part in lake.PartsAsync(cancellationToken))
            await AddAsync(await part.OpenAsync(cancellationToken));
        foreach (var dataset in DatasetCatalog.All)
        {
            await foreach (var part in vault.ListAsync(dataset.Name + "/", cancellationToken))
                await AddAsync(await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken));
        }

        foreach (var name in Tables)
        {
            var table = storage.Tables.GetTableClient(name);
            await table.CreateIfNotExistsAsync(cancellationToken);
            await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            {
                if (CustomerKey.TryParse(row.RowKey, out var key) && erased.Contains(key))
                    back.Add(key);
            }
        }

        return [.. back];

        async Task AddAsync(Stream canonical)
        {
            var last = default(CustomerKey);
            await CanonicalRows.EachAsync(
                canonical,
                row =>
                {
                    if (!CustomerKey.TryParse(row.RawField(0), out var key) || key == last)
                        return;
                    last = key;
                    if (erased.Contains(key))
                        back.Add(key);
                },
                cancellationToken);
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning,
        Message = "{Tombstones} tombstones were missing on one side, {Open} erasures were carried on, and {Back} erased customers were there again and are erased once more.")]
    private partial void LogFound(int tombstones, int open, int back);
}
