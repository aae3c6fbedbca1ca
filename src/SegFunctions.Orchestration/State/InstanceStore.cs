using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Messages;
using SegFunctions.Orchestration.Serialization;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration.State;

/// <summary>The rows, payloads and queues of one set of instances; what client and engine share.</summary>
internal sealed class InstanceStore
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);
    private readonly TableClient _table;
    private readonly BlobContainer _container;
    private readonly Lock _gate = new();
    private Task? _created;
    private long _lastTicks;

    public InstanceStore(OrchestrationStorage storage, OrchestrationOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        Options = options;
        Time = time;
        Serializer = new PayloadSerializer(options.Json);
        _table = storage.Tables.GetTableClient(options.Table);
        _container = storage.Blobs.GetContainer(options.Container);
        Table = new InstanceTable(_table);
        Blobs = new PayloadBlobs(_container);
        StepQueue = storage.Queues.GetQueue(options.StepQueue);
        ActivityQueue = storage.Queues.GetQueue(options.ActivityQueue);
    }

    public OrchestrationOptions Options { get; }

    public TimeProvider Time { get; }

    public PayloadSerializer Serializer { get; }

    public InstanceTable Table { get; }

    public PayloadBlobs Blobs { get; }

    public MessageQueue StepQueue { get; }

    public MessageQueue ActivityQueue { get; }

    /// <summary>Makes table, container and queues where they are missing, once.</summary>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_created is null or { IsCompleted: true, IsCompletedSuccessfully: false })
                _created = CreateAsync();
            return _created.WaitAsync(cancellationToken);
        }

        async Task CreateAsync()
        {
            // Not under one caller's token: others wait for the same work.
            await _table.CreateIfNotExistsAsync(CancellationToken.None);
            await _container.CreateIfNotExistsAsync(CancellationToken.None);
            await StepQueue.CreateIfNotExistsAsync(CancellationToken.None);
            await ActivityQueue.CreateIfNotExistsAsync(CancellationToken.None);
        }
    }

    public Task WakeAsync(string instanceId, CancellationToken cancellationToken) =>
        StepQueue.SendAsync(Message.Write(new StepMessage { InstanceId = instanceId }), TimeSpan.Zero, cancellationToken);

    /// <summary>Wakes the instance when its timer is due, or after seven days to wait on.</summary>
    public Task WakeAtAsync(string instanceId, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var delay = due - Time.GetUtcNow();
        // Queues count whole seconds; a message that comes early would only be sent again.
        delay = delay <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));
        return StepQueue.SendAsync(
            Message.Write(new StepMessage { InstanceId = instanceId, Due = due }), delay < MaxDelay ? delay : MaxDelay, cancellationToken);
    }

    /// <summary>Puts a request from outside into the inbox and wakes the instance.</summary>
    public async Task RequestAsync(
        InstanceRow instance, InboxKind kind, string name, byte[] json, CancellationToken cancellationToken)
    {
        var key = RowKeys.Request(instance.ExecutionId, NextTicks(), Guid.NewGuid());
        var row = new InboxRow
        {
            Key = key,
            ExecutionId = instance.ExecutionId,
            Kind = kind,
            Name = name,
            Content = await PlaceInboxAsync(instance.InstanceId, instance.ExecutionId, key, json, cancellationToken),
            Length = json.Length,
            At = Time.GetUtcNow(),
        };
        await Table.AddInboxAsync(instance.InstanceId, row, cancellationToken);
        await WakeAsync(instance.InstanceId, cancellationToken);
    }

    public async Task<Payload> PlaceInboxAsync(
        string instanceId, string executionId, string key, byte[] json, CancellationToken cancellationToken)
    {
        if (json.Length <= StepRow.MaxInlineBytes)
            return Payload.Inline(json);
        var blob = PayloadBlobs.Inbox(instanceId, executionId, key);
        await Blobs.WriteAsync(blob, json, cancellationToken);
        return Payload.InBlob(blob);
    }

    /// <summary>Deletes inbox rows, and then their payloads: never a payload that a row still names.</summary>
    public async Task DeleteInboxAsync(string instanceId, IReadOnlyCollection<InboxRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await Table.DeleteAsync(TableKeyCodec.Encode(instanceId), rows.Select(row => row.Key), cancellationToken);
        await DeleteBlobsAsync(rows.Select(row => row.Content.Blob).OfType<string>(), cancellationToken);
    }

    public Task DeleteBlobsAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        SideBySideAsync(names, (name, stop) => Blobs.DeleteAsync(name, stop), cancellationToken);

    /// <summary>All that has happened to an instance; null when it was purged meanwhile.</summary>
    /// <exception cref="HistoryFormatException">A newer build wrote it.</exception>
    public async Task<EffectiveHistory?> ReadHistoryAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        var steps = await ReadStepsAsync(row, cancellationToken);
        return steps is null ? null : EffectiveHistory.From(steps.SelectMany(step => step.Events));
    }

    /// <inheritdoc cref="ReadHistoryAsync"/>
    public async Task<IReadOnlyList<(StepRow Row, HistoryEvent[] Events)>?> ReadStepsAsync(
        InstanceRow row, CancellationToken cancellationToken)
    {
        HistoryFormat.Require(row.InstanceId, row.Format);
        var rows = await Table.ReadStepsAsync(row, cancellationToken);
        if (rows is null)
            return null;
        var steps = new (StepRow, HistoryEvent[])[rows.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            HistoryFormat.Require(row.InstanceId, rows[i].Format);
            var data = rows[i].Data ?? await Blobs.ReadAsync(rows[i].Blob!, cancellationToken);
            steps[i] = (rows[i], HistoryFormat.Decode(row.InstanceId, rows[i].Format, data));
        }

        return steps;
    }

    /// <summary>
    /// Deletes a finished instance: marks it first, so that nothing is added any more, then its rows and payloads, and its
    /// own row last, so that a deletion that was cut short is found and finished.
    /// </summary>
    /// <returns>False when somebody changed the instance in between.</returns>
    public async Task<bool> TryPurgeAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        if (!row.IsPurging && !await Table.TryMergeAsync(row, [new(nameof(InstanceRow.IsPurging), true)], cancellationToken))
            return false;
        if (await Table.FindAsync(row.InstanceId, cancellationToken) is not { IsPurging: true } marked || marked.ExecutionId != row.ExecutionId)
            return true;

        // By execution throughout: another process may be further with the same deletion, and a namesake may begin.
        var keys = await Table.ListKeysAsync(row.Partition, cancellationToken);
        await Table.DeleteAsync(row.Partition, keys.Where(key => RowKeys.BelongsTo(key, row.ExecutionId)), cancellationToken);
        var blobs = new List<string>();
        await foreach (var blob in Blobs.ListAsync(PayloadBlobs.Folder(row.InstanceId) + row.ExecutionId + "/", cancellationToken))
            blobs.Add(blob.Name);
        await DeleteBlobsAsync(blobs, cancellationToken);
        await Table.DeleteInstanceAsync(marked, cancellationToken);
        return true;
    }

    public Task SideBySideAsync<T>(
        IEnumerable<T> items, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = Options.Parallelism, CancellationToken = cancellationToken },
            async (item, stop) => await work(item, stop));

    /// <summary>Now, but later than at any call before, so that requests of one process keep their order.</summary>
    private long NextTicks()
    {
        lock (_gate)
            return _lastTicks = Math.Max(_lastTicks + 1, Time.GetUtcNow().UtcTicks);
    }
}
