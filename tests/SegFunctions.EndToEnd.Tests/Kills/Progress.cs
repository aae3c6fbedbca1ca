using SegFunctions.App.Memberships;
using SegFunctions.App.Uploads;
using SegFunctions.Orchestration;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.EndToEnd.Tests.Kills;

/// <summary>How far a host has come, read from its storage: it may be dead at any time.</summary>
internal sealed class Progress(StorageAccount storage)
{
    private static readonly string[] Queues =
    [
        "uploads-received", "refresh-requested", "orchestration-steps", "orchestration-activities",
        "uploads-received-poison", "refresh-requested-poison", "orchestration-steps-poison", "orchestration-activities-poison",
    ];

    private readonly UploadTable _uploads = new(storage);
    private readonly RunTable _runs = new(new MembershipTables(storage));
    private readonly OrchestrationOptions _names = new();

    /// <summary>Changes with everything that the host gets done.</summary>
    public async Task<string> MarkAsync()
    {
        var uploads = await _uploads.ListAsync(CancellationToken.None);
        var steps = new List<string>();
        if (await InstancesAsync() is { } table)
        {
            await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"]))
                steps.Add(row.RowKey);
        }

        return string.Join(' ', uploads.Select(upload => $"{upload.Id}:{upload.Status}:{upload.StartedAt:O}")) + " " + string.Join(' ', steps);
    }

    /// <summary>Whether a refresh is under way or has been published.</summary>
    public async Task<bool> HasRunAsync() => (await _runs.ListAsync(CancellationToken.None)).Count > 0;

    /// <summary>Whether all files are taken in, a completed run has seen them all, and no message is left.</summary>
    public async Task<bool> IsAtRestAsync(int files)
    {
        var uploads = await _uploads.ListAsync(CancellationToken.None);
        if (uploads.Count < files || uploads.Any(upload => upload.Status == UploadStatus.Reading))
            return false;
        var runs = await _runs.ListAsync(CancellationToken.None);
        var last = uploads.Max(upload => upload.EndedAt);
        return runs.Any(run => run.Status == RunStatus.Completed && run.StartedAt > last)
            && runs.All(run => run.Status != RunStatus.Running)
            && (await MessagesAsync()).Count == 0;
    }

    /// <summary>Queues that hold messages, visible or not.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync()
    {
        var left = new List<string>();
        foreach (var name in Queues)
        {
            var count = await storage.Queues.GetQueue(name).CountAsync(CancellationToken.None);
            if (count > 0)
                left.Add($"{name}: {count}");
        }

        return left;
    }

    /// <summary>What should not be there once everything has come to rest.</summary>
    public async Task<IReadOnlyList<string>> LeftoversAsync()
    {
        var left = new List<string>(await MessagesAsync());
        await foreach (var row in storage.Tables.GetTableClient(_names.Table).QueryAsync<TableEntity>())
        {
            if (row.RowKey.StartsWith("inbox", StringComparison.Ordinal))
                left.Add($"{row.PartitionKey}/{row.RowKey}");
        }

        await foreach (var blob in storage.Blobs.GetContainer(_names.Container).ListAsync("", CancellationToken.None))
        {
            if (blob.Name.Contains("/inbox/", StringComparison.Ordinal))
                left.Add(blob.Name);
        }

        var client = new OrchestrationClient(OrchestrationStorage.From(storage), _names, TimeProvider.System);
        var instances = await client.ListAsync(new InstanceFilter(), 1000, null, CancellationToken.None);
        left.AddRange(instances.Instances
            .Where(instance => instance.Status != OrchestrationStatus.Completed)
            .Select(instance => $"instance {instance.InstanceId}: {instance.Status}"));
        return left;
    }

    private async Task<TableClient?> InstancesAsync()
    {
        await foreach (var table in storage.Tables.QueryAsync())
        {
            if (table.Name == _names.Table)
                return storage.Tables.GetTableClient(_names.Table);
        }

        return null;
    }
}
