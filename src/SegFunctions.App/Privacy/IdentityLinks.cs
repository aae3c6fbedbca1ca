using SegFunctions.App.Identity;
using SegFunctions.Customers;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy;

/// <summary>The keys that identity resolution holds to be one person: the table <c>Identities</c>, in which a row names keys that belong together.</summary>
internal sealed class IdentityLinks(StorageAccount storage, ReviewTable reviews)
{
    /// <summary>Name of the table; where it is missing everybody has one key.</summary>
    public const string Table = "Identities";

    /// <summary>Adds to a set of keys all keys that are linked with one of them, over any number of links; those that a human has set apart from one of them are somebody else's.</summary>
    /// <remarks>A merge that was undone stands in the table until the next refresh.</remarks>
    public async Task CompleteAsync(ISet<CustomerKey> keys, CancellationToken cancellationToken)
    {
        var asked = keys.ToHashSet();
        await AddLinkedAsync(keys, cancellationToken);
        if (keys.Count == asked.Count)
            return;
        foreach (var apart in (await reviews.DecisionsAsync(cancellationToken)).Where(decision => !decision.Same))
        {
            if (asked.Contains(apart.Left) && !asked.Contains(apart.Right))
                keys.Remove(apart.Right);
            else if (asked.Contains(apart.Right) && !asked.Contains(apart.Left))
                keys.Remove(apart.Left);
        }
    }

    private async Task AddLinkedAsync(ISet<CustomerKey> keys, CancellationToken cancellationToken)
    {
        var before = 0;
        while (keys.Count > before)
        {
            before = keys.Count;
            await foreach (var row in RowsAsync(null, cancellationToken))
            {
                var named = KeysIn(row).ToArray();
                if (named.Any(keys.Contains))
                    keys.UnionWith(named);
            }
        }
    }

    /// <summary>The keys of each person whose canonical key lies between two keys, both included; people with one key are left out.</summary>
    public async Task<IReadOnlyDictionary<CustomerKey, CustomerKey[]>> MembersAsync(CustomerKey first, CustomerKey last, CancellationToken cancellationToken)
    {
        var members = new Dictionary<CustomerKey, CustomerKey[]>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first.Shard} and PartitionKey le {last.Shard} and RowKey ge {first.ToString()} and RowKey le {last.ToString()}");
        await foreach (var row in RowsAsync(filter, cancellationToken))
        {
            if (!CustomerKey.TryParse(row.RowKey, out var key) || row.GetString("members") is not { Length: > 0 } texts)
                continue;
            members[key] = [.. texts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => CustomerKey.TryParse(text, out var member) ? member : key).Distinct()];
        }

        return members;
    }

    /// <summary>Deletes the rows that name one of the keys, also as evidence; the next refresh writes those of others anew.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteAsync(IReadOnlySet<CustomerKey> keys, CancellationToken cancellationToken)
    {
        var deleted = 0;
        string[] texts = [.. keys.Select(key => key.ToString())];
        await foreach (var row in RowsAsync(null, cancellationToken))
        {
            if (!row.Values.OfType<string>().Append(row.RowKey).Any(value => texts.Any(text => value.Contains(text, StringComparison.Ordinal))))
                continue;
            await storage.Tables.GetTableClient(Table).DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
            deleted++;
        }

        return deleted;
    }

    private async IAsyncEnumerable<TableEntity> RowsAsync(string? filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = storage.Tables.GetTableClient(Table);
        await table.CreateIfNotExistsAsync(cancellationToken);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            yield return row;
    }

    private static IEnumerable<CustomerKey> KeysIn(TableEntity row)
    {
        foreach (var text in row.Values.OfType<string>().Append(row.PartitionKey).Append(row.RowKey))
        {
            if (CustomerKey.TryParse(text, out var key))
                yield return key;
        }
    }
}
