using Azure;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>Writes a run's results into shards, only where they differ from what stands.</summary>
internal sealed class ShardPublisher(MembershipTables tables)
{
    /// <summary>Operations in one entity-group transaction, the service's limit.</summary>
    private const int BatchSize = 100;

    /// <summary>Member-list partitions written at a time; each is a round trip.</summary>
    private const int Parallelism = 8;

    /// <summary>How often a shard is compared again after somebody else wrote into it.</summary>
    private const int Attempts = 5;

    /// <summary>Publishes one shard; repeated calls write what is missing and then nothing.</summary>
    /// <returns>Rows written.</returns>
    /// <exception cref="InvalidOperationException">A later run has written into the shard: this one was given up.</exception>
    public async Task<long> PublishAsync(
        string shard, long run, long seen, DateTimeOffset now, IReadOnlyDictionary<string, CustomerProfile> found,
        CancellationToken cancellationToken)
    {
        long written = 0;
        for (var attempt = 1; ; attempt++)
        {
            var standing = await ReadAsync(shard, cancellationToken);
            var difference = ShardDifference.Between(shard, run, seen, now, standing, found);
            if (difference.IsOvertaken)
                throw new InvalidOperationException($"Run number {run} was given up: a later run has published into shard {shard}.");
            try
            {
                await WriteAsync(difference, rows => Interlocked.Add(ref written, rows), cancellationToken);
                return written;
            }
            catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412 && attempt < Attempts)
            {
                // The live columns changed under us, or an earlier try of this batch did succeed: compare again.
            }
        }
    }

    /// <summary>Undoes in the member lists what runs between <paramref name="seen"/> and <paramref name="run"/> wrote before they were given up.</summary>
    /// <remarks>
    /// Each row is repaired as it was found or not at all: a repair that is repeated late undoes nothing of what
    /// <paramref name="run"/> has written meanwhile. Rows of <c>Memberships</c> need no repair: <see cref="ShardDifference"/> ignores such versions and overwrites them.
    /// </remarks>
    public async Task RepairAsync(long seen, long run, CancellationToken cancellationToken)
    {
        var joined = TableClient.CreateQueryFilter($"from gt {seen} and from lt {run}");
        await foreach (var row in tables.SegmentMembers.QueryAsync<TableEntity>(joined, cancellationToken: cancellationToken))
            await DeleteAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);

        var left = TableClient.CreateQueryFilter($"to gt {seen} and to lt {run}");
        await foreach (var row in tables.SegmentMembers.QueryAsync<TableEntity>(left, cancellationToken: cancellationToken))
        {
            var open = new TableEntity(row.PartitionKey, row.RowKey) { [ShardDifference.ToColumn] = ShardDifference.Open };
            try
            {
                await tables.SegmentMembers.UpdateEntityAsync(open, row.ETag, TableUpdateMode.Merge, cancellationToken);
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // Repaired by an earlier try, after which the run itself may have written.
            }
        }
    }

    private async Task<Dictionary<string, MembershipRow>> ReadAsync(string shard, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, MembershipRow>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard}");
        await foreach (var entity in tables.Memberships.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(entity.RowKey, MembershipRow.Read(entity));
        return rows;
    }

    private async Task WriteAsync(ShardDifference difference, Action<int> count, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(difference.Members.Values.SelectMany(actions => actions.Chunk(BatchSize)), parallel, async (batch, token) =>
        {
            await tables.SegmentMembers.SubmitTransactionAsync(batch, token);
            count(batch.Length);
        });
        await Parallel.ForEachAsync(difference.Forgotten, parallel, async (row, token) => await DeleteAsync(row.Partition, row.Row, ETag.All, token));
        foreach (var batch in difference.Rows.Chunk(BatchSize))
        {
            await tables.Memberships.SubmitTransactionAsync(batch, cancellationToken);
            count(batch.Length);
        }
    }

    private async Task DeleteAsync(string partition, string row, ETag version, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SegmentMembers.DeleteEntityAsync(partition, row, version, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            // Deleted by an earlier try, or written anew after it.
        }
    }
}
