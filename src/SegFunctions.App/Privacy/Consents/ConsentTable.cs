using System.Text.Json;
using Azure;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy.Consents;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy.Consents;

/// <summary>The table <c>Consents</c>: what each customer has said, one row a customer and purpose.</summary>
/// <remarks>Partition = purpose and shard of the key, row = the key: a page of a segment's members is one range of rows.</remarks>
internal sealed class ConsentTable
{
    private const int BatchSize = 100;
    private const int StatementsAtATime = 100_000;
    private const string DataColumn = "data";
    private readonly Lake _lake;
    private readonly TableClient _table;
    private readonly OnceCreated _created;

    public ConsentTable(StorageAccount storage, Lake lake)
    {
        _lake = lake;
        _table = storage.Tables.GetTableClient("Consents");
        _created = new OnceCreated(token => _table.CreateIfNotExistsAsync(token));
    }

    /// <summary>Adds what an upload of consents says. Repeated, it changes nothing.</summary>
    public async Task ApplyAsync(string upload, CancellationToken cancellationToken)
    {
        // An upload of duplicates alone has no manifest.
        if (await _lake.FindAsync(DatasetCatalog.Consents.Name, upload, cancellationToken) is not { } manifest)
            return;
        var statements = new List<ConsentStatement>();
        foreach (var part in manifest.Parts)
        {
            await foreach (var (customer, purpose, record) in ConsentRows.ReadAsync(await _lake.OpenPartAsync(manifest, part, cancellationToken), cancellationToken))
            {
                statements.Add(new ConsentStatement(customer, purpose, record));
                if (statements.Count < StatementsAtATime)
                    continue;
                await AddAsync(statements, cancellationToken);
                statements.Clear();
            }
        }

        await AddAsync(statements, cancellationToken);
    }

    /// <summary>Adds statements to what is known; each reader sees them with its next request.</summary>
    public async Task AddAsync(IReadOnlyCollection<ConsentStatement> statements, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        foreach (var group in statements.GroupBy(statement => Partition(statement.Purpose, statement.Customer.Shard), StringComparer.Ordinal))
        {
            foreach (var some in group.GroupBy(statement => statement.Customer).OrderBy(one => one.Key).Chunk(BatchSize))
                await AddAsync(group.Key, some, cancellationToken);
        }
    }

    /// <summary>What a customer has said, by purpose; purposes without a word are left out.</summary>
    public async Task<IReadOnlyDictionary<ConsentPurpose, ConsentHistory>> FindAsync(CustomerKey customer, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ConsentPurpose, ConsentHistory>();
        foreach (var purpose in ConsentPurposes.All)
        {
            if (await FindAsync(customer, purpose, cancellationToken) is { Records.Count: > 0 } history)
                found[purpose] = history;
        }

        return found;
    }

    public async Task<ConsentHistory> FindAsync(CustomerKey customer, ConsentPurpose purpose, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition(purpose, customer.Shard), customer.ToString(), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : ConsentHistory.Empty;
    }

    /// <summary>The histories of all customers between two keys, both included, who have said anything of a purpose.</summary>
    public async IAsyncEnumerable<(CustomerKey Customer, ConsentHistory History)> ListAsync(
        ConsentPurpose purpose, CustomerKey first, CustomerKey last, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var (from, to) = (Partition(purpose, first.Shard), Partition(purpose, last.Shard));
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey le {to} and RowKey ge {first.ToString()} and RowKey le {last.ToString()}");
        if (from != to)
            filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey le {to}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (CustomerKey.TryParse(row.RowKey, out var customer) && first <= customer && customer <= last)
                yield return (customer, Read(row));
        }
    }

    /// <returns>Rows that were there.</returns>
    public async Task<int> DeleteAsync(CustomerKey customer, CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        var deleted = 0;
        foreach (var purpose in ConsentPurposes.All)
        {
            var answer = await _table.DeleteEntityAsync(Partition(purpose, customer.Shard), customer.ToString(), cancellationToken: cancellationToken);
            deleted += answer.Status == 404 ? 0 : 1;
        }

        return deleted;
    }

    /// <summary>How many rows name somebody in source or proof.</summary>
    public async Task<int> CountAsync(PersonMentions mentions, CancellationToken cancellationToken)
    {
        var named = 0;
        await foreach (var row in RowsAsync(cancellationToken))
            named += Read(row).Without(mentions) is null ? 0 : 1;
        return named;
    }

    /// <summary>Takes the naming of somebody out of source and proof of what others said.</summary>
    /// <returns>Rows that named the person.</returns>
    public async Task<int> MaskAsync(PersonMentions mentions, CancellationToken cancellationToken)
    {
        var masked = 0;
        await foreach (var found in RowsAsync(cancellationToken))
        {
            for (var row = found; row is not null && Read(row).Without(mentions) is { } without;)
            {
                var entity = new TableEntity(row.PartitionKey, row.RowKey) { [DataColumn] = JsonSerializer.Serialize(without.Records, AppJson.Default.IReadOnlyListConsentRecord) };
                try
                {
                    await _table.UpdateEntityAsync(entity, row.ETag, TableUpdateMode.Replace, cancellationToken);
                    masked++;
                    break;
                }
                catch (RequestFailedException lost) when (lost.Status is 404 or 412)
                {
                    // Somebody else has added a word: what stands now is looked at.
                    var standing = await _table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
                    row = standing.HasValue ? standing.Value : null;
                }
            }
        }

        return masked;
    }

    private async IAsyncEnumerable<TableEntity> RowsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _created.EnsureAsync(cancellationToken);
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            yield return row;
    }

    private async Task AddAsync(string partition, IGrouping<CustomerKey, ConsentStatement>[] customers, CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await ReadAsync(partition, customers[0].Key, customers[^1].Key, cancellationToken);
            var actions = new List<TableTransactionAction>();
            foreach (var customer in customers)
            {
                var row = standing.GetValueOrDefault(customer.Key.ToString());
                var before = row is null ? ConsentHistory.Empty : Read(row);
                var after = before.With(customer.Select(statement => statement.Record));
                if (row is not null && after.Records.SequenceEqual(before.Records))
                    continue;
                var entity = new TableEntity(partition, customer.Key.ToString()) { [DataColumn] = JsonSerializer.Serialize(after.Records, AppJson.Default.IReadOnlyListConsentRecord) };
                actions.Add(row is null
                    ? new TableTransactionAction(TableTransactionActionType.Add, entity)
                    : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, row.ETag));
            }

            if (actions.Count == 0)
                return;
            try
            {
                await _table.SubmitTransactionAsync(actions, cancellationToken);
                return;
            }
            catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
            {
                // Somebody else has added a word, or an earlier try of this very call did: merge again.
            }
        }
    }

    private async Task<Dictionary<string, TableEntity>> ReadAsync(string partition, CustomerKey first, CustomerKey last, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first.ToString()} and RowKey le {last.ToString()}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(row.RowKey, row);
        return rows;
    }

    private static ConsentHistory Read(TableEntity row) =>
        ConsentHistory.Of(JsonSerializer.Deserialize(row.GetString(DataColumn)!, AppJson.Default.IReadOnlyListConsentRecord)!);

    private static string Partition(ConsentPurpose purpose, string shard) => $"{purpose.Word()}-{shard}";
}

/// <summary>What one customer says of one purpose.</summary>
internal sealed record ConsentStatement(CustomerKey Customer, ConsentPurpose Purpose, ConsentRecord Record);
