using SegFunctions.App.Identity;
using SegFunctions.Customers;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>Finds what readers see of customers: two point reads each, for a customer may be known by another's key.</summary>
internal sealed class MembershipReader(MembershipTables tables, CurrentRunReader current, IdentityTable identities)
{
    private const int ReadsAtATime = 16;

    /// <summary>The current run and its documents in the order of <paramref name="keys"/>, null where it knows no such customer; or null before the first run.</summary>
    /// <remarks>
    /// All documents are of that one run, also when readers are switched to another meanwhile. A key that stands for another finds the
    /// other's document; its own until that one is published.
    /// </remarks>
    public async Task<ServedCustomers?> FindAsync(IReadOnlyList<CustomerKey> keys, CancellationToken cancellationToken)
    {
        var canonical = await identities.CanonicalAsync(keys, cancellationToken);
        if (await FindOwnAsync(canonical, cancellationToken) is not { } served)
            return null;
        var documents = served.Documents.ToArray();
        for (var i = 0; i < documents.Length; i++)
        {
            if (documents[i] is null && canonical[i] != keys[i])
                documents[i] = await FindAsync(keys[i], served.Run.Sequence, cancellationToken);
        }

        return new ServedCustomers(served.Run, documents) { Keys = canonical };
    }

    /// <summary>The same of these very keys, whomever they stand for.</summary>
    public async Task<ServedCustomers?> FindOwnAsync(IReadOnlyList<CustomerKey> keys, CancellationToken cancellationToken)
    {
        if (await current.ReadAsync(cancellationToken) is not { } run)
            return null;
        var documents = await FindAsync(keys, run.Sequence, cancellationToken);
        if (Array.IndexOf(documents, null) >= 0 && await current.FindLaterAsync(run, cancellationToken) is { } later)
            return new ServedCustomers(later, await FindAsync(keys, later.Sequence, cancellationToken)) { Keys = keys };
        return new ServedCustomers(run, documents) { Keys = keys };
    }

    /// <summary>The document that readers of <paramref name="run"/> see, or null where the customer is unknown to it.</summary>
    public async Task<MembershipDocument?> FindAsync(CustomerKey key, long run, CancellationToken cancellationToken)
    {
        var row = await tables.Memberships.GetEntityIfExistsAsync<TableEntity>(key.Shard, key.ToString(), cancellationToken: cancellationToken);
        return row.HasValue ? MembershipDocument.Read(MembershipRow.Read(row.Value!).At(run)) : null;
    }

    /// <summary>The documents that readers of <paramref name="run"/> see, in the order of <paramref name="keys"/>.</summary>
    public async Task<MembershipDocument?[]> FindAsync(IReadOnlyList<CustomerKey> keys, long run, CancellationToken cancellationToken)
    {
        var documents = new MembershipDocument?[keys.Count];
        if (keys.Count == 1)
        {
            documents[0] = await FindAsync(keys[0], run, cancellationToken);
            return documents;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, documents.Length, parallel, async (i, token) => documents[i] = await FindAsync(keys[i], run, token));
        return documents;
    }
}

/// <summary>Customers as one run has them.</summary>
internal sealed record ServedCustomers(CurrentRun Run, IReadOnlyList<MembershipDocument?> Documents)
{
    /// <summary>The keys that those stand for who were asked for.</summary>
    public required IReadOnlyList<CustomerKey> Keys { get; init; }
}
