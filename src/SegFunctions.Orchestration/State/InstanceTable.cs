using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.State;

/// <summary>The rows of all instances. Each instance has a partition of its own; the one transaction is the commit of a step.</summary>
internal sealed class InstanceTable(TableClient table)
{
    private const int MaxTransaction = 100;
    private static readonly string[] Keys = ["PartitionKey", "RowKey"];

    /// <summary>What tells whether a message is late.</summary>
    private static readonly string[] ActivityColumns =
        ["PartitionKey", "RowKey", "ExecutionId", "Name", "Status", "IsPurging", "Format", "OpenTasksKnown", "OpenTasks"];

    public async Task<InstanceRow?> FindAsync(string instanceId, CancellationToken cancellationToken, bool forActivity = false)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeyCodec.Encode(instanceId), RowKeys.Instance, forActivity ? ActivityColumns : null, cancellationToken);
        return found.HasValue ? InstanceRow.From(found.Value!) : null;
    }

    /// <returns>False when there is an instance of that id.</returns>
    public async Task<bool> TryInsertAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row.ToInsert(), cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 409 && conflict.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            // A repetition of our own insert, whose first answer was lost, is no conflict.
            return (await FindAsync(row.InstanceId, cancellationToken))?.ExecutionId == row.ExecutionId;
        }
    }

    /// <summary>Changes single properties of an instance, if it is still the version that was read.</summary>
    /// <returns>False when it has changed or is gone.</returns>
    public async Task<bool> TryMergeAsync(
        InstanceRow row, IEnumerable<KeyValuePair<string, object?>> changes, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(row.Partition, RowKeys.Instance);
        foreach (var (name, value) in changes)
            entity[name] = value;
        try
        {
            await table.UpdateEntityAsync(entity, row.ETag, TableUpdateMode.Merge, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 412)
        {
            return false;
        }
    }

    public AsyncPageable<TableEntity> QueryInstances(string filter, int? pageSize, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>($"RowKey eq '{RowKeys.Instance}'{(filter.Length > 0 ? $" and {filter}" : "")}", pageSize, select: null, cancellationToken);

    /// <summary>Commits a step: its row, and the instance's row under its ETag, both or neither.</summary>
    /// <returns>False when somebody else took that step, or the instance is gone: an ordinary outcome.</returns>
    public async Task<bool> TryCommitAsync(InstanceRow before, InstanceRow after, StepRow step, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, step.ToEntity(before)),
                    new TableTransactionAction(TableTransactionActionType.UpdateMerge, after.ToMerge(), before.ETag),
                ],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            // The service may have done it and lost its answer on the way; then the repetition finds our own step.
            var stands = await table.GetEntityIfExistsAsync<TableEntity>(
                before.Partition, RowKeys.Step(before.ExecutionId, step.Number), select: null, cancellationToken);
            return stands.HasValue && StepRow.From(stands.Value!).CommitId == step.CommitId;
        }
    }

    /// <summary>The steps before <paramref name="row"/>'s next one.</summary>
    /// <returns>Null when they are not all there, because the instance was purged meanwhile.</returns>
    public async Task<IReadOnlyList<StepRow>?> ReadStepsAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        var partition = row.Partition;
        var steps = new List<StepRow>(row.NextStep);
        var (from, to) = (RowKeys.Step(row.ExecutionId, 0), RowKeys.Step(row.ExecutionId, row.NextStep));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            steps.Add(StepRow.From(entity));
        return steps.Count == row.NextStep ? steps : null;
    }

    public async Task<StepRow?> FindStepAsync(InstanceRow row, int number, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            row.Partition, RowKeys.Step(row.ExecutionId, number), select: null, cancellationToken);
        return found.HasValue ? StepRow.From(found.Value!) : null;
    }

    /// <summary>What waits for an instance, in the order in which it is taken.</summary>
    /// <param name="maxBytes">Stops, with <c>More</c>, once so much has been read.</param>
    public async Task<(IReadOnlyList<InboxRow> Rows, bool More)> ReadInboxAsync(
        string instanceId, int maxBytes, CancellationToken cancellationToken)
    {
        var rows = new List<InboxRow>();
        long bytes = 0;
        var partition = TableKeyCodec.Encode(instanceId);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {RowKeys.InboxFrom} and RowKey lt {RowKeys.InboxTo}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (bytes > maxBytes)
                return (rows, true);
            var row = InboxRow.From(entity);
            rows.Add(row);
            bytes += row.Length;
        }

        return (rows, false);
    }

    /// <summary>Inbox rows of all instances, without their content.</summary>
    public AsyncPageable<TableEntity> QueryInboxes(CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(
            $"RowKey ge '{RowKeys.InboxFrom}' and RowKey lt '{RowKeys.InboxTo}'", select: [.. Keys, nameof(InboxRow.At)], cancellationToken: cancellationToken);

    public async Task<InboxRow?> FindInboxAsync(string instanceId, string key, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeyCodec.Encode(instanceId), key, select: null, cancellationToken);
        return found.HasValue ? InboxRow.From(found.Value!) : null;
    }

    /// <returns>The row that stands under that key now, ours or the one that was first; null when a step has taken it already.</returns>
    public async Task<InboxRow?> AddInboxAsync(string instanceId, InboxRow row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row.ToEntity(TableKeyCodec.Encode(instanceId)), cancellationToken);
            return row;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 409 && conflict.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return await FindInboxAsync(instanceId, row.Key, cancellationToken);
        }
    }

    /// <summary>Deletes rows of one partition; missing ones are no error.</summary>
    public async Task DeleteAsync(string partition, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(MaxTransaction))
        {
            if (chunk.Length > 1 && await TryDeleteAsync(partition, chunk, cancellationToken))
                continue;
            foreach (var key in chunk)
                await table.DeleteEntityAsync(partition, key, ETag.All, cancellationToken);
        }
    }

    /// <summary>Deletes an instance's own row, if it is still the version that was read.</summary>
    public async Task DeleteInstanceAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(row.Partition, RowKeys.Instance, row.ETag, cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // Somebody else finished the deletion, and a namesake stands there by now.
        }
    }

    /// <summary>The row keys of an instance's partition.</summary>
    public async Task<IReadOnlyList<string>> ListKeysAsync(string partition, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, select: Keys, cancellationToken: cancellationToken))
            keys.Add(entity.RowKey);
        return keys;
    }

    private async Task<bool> TryDeleteAsync(string partition, string[] keys, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(
                keys.Select(key => new TableTransactionAction(
                    TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // Somebody deleted one of them first, which undoes the transaction; one by one, missing rows do not matter.
            return false;
        }
    }
}
