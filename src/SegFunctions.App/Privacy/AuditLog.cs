using System.Globalization;
using SegFunctions.Customers;
using SegFunctions.Customers.Privacy;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy;

/// <summary>The table <c>Audit</c>: who looked at or changed personal data, when, and for which purpose. Rows are added and never changed.</summary>
/// <remarks>
/// A customer stands there under the tombstone of the key, not under the key: so the record of an access outlives an erasure and still
/// leads back to nobody, and who knows the customer's id finds it. What concerns nobody in particular stands in a partition of its own.
/// </remarks>
internal sealed class AuditLog
{
    /// <summary>Partition of what the house does by itself: retention, rotation.</summary>
    public const string House = "house";

    /// <summary>Partition of listings of segments.</summary>
    public const string Listings = "listings";

    private const int WritesAtATime = 16;
    private readonly TableClient _table;
    private readonly TombstoneDerivation _derivation;
    private readonly TimeProvider _time;
    private readonly OnceCreated _created;
    private long _entries;

    public AuditLog(StorageAccount storage, TombstoneDerivation derivation, TimeProvider time)
    {
        _table = storage.Tables.GetTableClient("Audit");
        (_derivation, _time) = (derivation, time);
        _created = new OnceCreated(token => _table.CreateIfNotExistsAsync(token));
    }

    /// <summary>Writes down an access to one customer, before the answer leaves.</summary>
    public Task AddAsync(CustomerKey customer, string who, string what, string purpose, CancellationToken cancellationToken) =>
        AddAsync(_derivation.Of(customer).ToString(), who, what, purpose, cancellationToken);

    /// <summary>The same for several customers.</summary>
    public Task AddAsync(IEnumerable<CustomerKey> customers, string who, string what, string purpose, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            customers.Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = WritesAtATime, CancellationToken = cancellationToken },
            async (customer, token) => await AddAsync(customer, who, what, purpose, token));

    /// <summary>Writes down what concerns no customer in particular.</summary>
    /// <param name="partition"><see cref="House"/> or <see cref="Listings"/>, or a tombstone.</param>
    public async Task AddAsync(string partition, string who, string what, string purpose, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var now = _time.GetUtcNow();
        // Entries of one moment keep their order within a process; the rest of the key keeps those of several processes apart.
        var row = string.Create(
            CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmssfffffff}-{Interlocked.Increment(ref _entries):d12}-{Guid.NewGuid().ToString("N")[..8]}");
        await _table.AddEntityAsync(
            new TableEntity(partition, row) { ["at"] = now, ["who"] = who, ["what"] = what, ["purpose"] = purpose }, cancellationToken);
    }

    /// <summary>Accesses to a customer, oldest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(CustomerKey customer, CancellationToken cancellationToken) =>
        ListAsync(_derivation.Of(customer).ToString(), cancellationToken);

    /// <summary>What stands in a partition, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(string partition, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var entries = new List<AuditEntry>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            entries.Add(new AuditEntry(
                row.GetDateTimeOffset("at")!.Value, row.GetString("who") ?? "", row.GetString("what") ?? "", row.GetString("purpose") ?? ""));
        }

        return entries;
    }
}

/// <summary>One access.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Name of the principal that the platform has authenticated, else <c>api-key</c>.</param>
/// <param name="What">Which door: <c>memberships</c>, <c>access</c>, <c>erasure</c>…</param>
/// <param name="Purpose">What for, in the caller's word; <c>unstated</c> where none was given.</param>
public sealed record AuditEntry(DateTimeOffset At, string Who, string What, string Purpose);
