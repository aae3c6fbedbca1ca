using System.Text.Json;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.State;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration;

/// <summary>Schedules instances, looks at them, and sends them requests. Needs no registry and may live in any process.</summary>
/// <remarks>
/// What was accepted survives any crash: it rests in a table before its message leaves, and recovery repeats the message.
/// Outcomes that belong to everyday life (not found, already finished) are values; exceptions mean storage or a wrong call.
/// </remarks>
public sealed class OrchestrationClient(OrchestrationStorage storage, OrchestrationOptions options, TimeProvider time)
{
    private const int MaxInstanceIdLength = 200;
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100), LongestPoll = TimeSpan.FromSeconds(2);
    private readonly InstanceStore _store = new(storage, options, time);

    /// <summary>Schedules an instance of the orchestrator registered as <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">The id is empty or too long.</exception>
    public async Task<ScheduleResult> ScheduleNewAsync(
        string name, object? input, ScheduleOptions? schedule, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        schedule ??= new ScheduleOptions();
        var instanceId = schedule.InstanceId ?? Guid.NewGuid().ToString("N");
        if (instanceId.Length is 0 or > MaxInstanceIdLength)
            throw new ArgumentException($"An instance id has 1 to {MaxInstanceIdLength} characters; '{instanceId}' has {instanceId.Length}.", nameof(schedule));

        await _store.EnsureCreatedAsync(cancellationToken);
        if (await _store.Table.FindAsync(instanceId, cancellationToken) is { } existing)
        {
            var isInTheWay = !existing.IsPurging
                && (schedule.IfExists == ExistingInstance.Keep || !existing.Status.IsFinished());
            if (isInTheWay || !await _store.TryPurgeAsync(existing, cancellationToken))
                return new ScheduleResult(instanceId, Scheduled: false, existing.Status);
        }

        var now = _store.Time.GetUtcNow();
        var executionId = Guid.NewGuid().ToString("N");
        var json = _store.Serializer.WriteObject(input);
        var blob = json.Length > InstanceRow.MaxInlineBytes ? PayloadBlobs.Start(instanceId, executionId) : null;
        if (blob is not null)
            await _store.Blobs.WriteAsync(blob, json, cancellationToken);
        var row = new InstanceRow
        {
            InstanceId = instanceId,
            ExecutionId = executionId,
            Name = name,
            Version = schedule.Version ?? "",
            Status = OrchestrationStatus.Pending,
            CreatedOn = now,
            UpdatedOn = now,
            Input = blob is null ? json : null,
            InputBlob = blob,
        };
        if (!await _store.Table.TryInsertAsync(row, cancellationToken))
        {
            if (blob is not null)
                await _store.Blobs.DeleteAsync(blob, cancellationToken);
            var winner = await _store.Table.FindAsync(instanceId, cancellationToken);
            return new ScheduleResult(instanceId, Scheduled: false, winner?.Status ?? OrchestrationStatus.Pending);
        }

        await _store.WakeAsync(instanceId, cancellationToken);
        return new ScheduleResult(instanceId, Scheduled: true);
    }

    /// <returns>Null when there is no such instance.</returns>
    /// <exception cref="HistoryFormatException">Parts of history were asked for that a newer build wrote.</exception>
    public async Task<OrchestrationInstance?> GetAsync(
        string instanceId, InstanceParts parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        await _store.EnsureCreatedAsync(cancellationToken);
        while (true)
        {
            var row = await _store.Table.FindAsync(instanceId, cancellationToken);
            if (row is null or { IsPurging: true })
                return null;

            var needsSteps = parts.HasFlag(InstanceParts.History) || (parts.HasFlag(InstanceParts.Payloads) && row.EndIsInHistory);
            var steps = needsSteps ? await _store.ReadStepsAsync(row, cancellationToken) : [];
            if (steps is not null)
                return await DescribeAsync(row, steps, parts, cancellationToken);
        }
    }

    /// <summary>One page of instances.</summary>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="continuationToken">From the page before; null for the first.</param>
    public async Task<InstancePage> ListAsync(
        InstanceFilter filter, int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 1000);
        await _store.EnsureCreatedAsync(cancellationToken);
        var instances = new List<OrchestrationInstance>();
        var pages = _store.Table.QueryInstances(ToQuery(filter), pageSize, cancellationToken)
            .AsPages(continuationToken, pageSize);
        string? next = null;
        await foreach (var page in pages)
        {
            instances.AddRange(page.Values.Select(entity => Summarise(InstanceRow.From(entity))));
            next = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;

            // The service may hand out short and even empty pages; a caller should not have to care.
            if (instances.Count > 0)
                break;
        }

        return new InstancePage(instances, next);
    }

    /// <summary>Waits until the instance has finished, looking every 0.1 to 2 s.</summary>
    /// <returns>Null when there is no such instance, or no more.</returns>
    public async Task<OrchestrationInstance?> WaitForCompletionAsync(
        string instanceId, InstanceParts parts, CancellationToken cancellationToken)
    {
        for (var wait = ShortestPoll; ; wait = wait * 1.5 < LongestPoll ? wait * 1.5 : LongestPoll)
        {
            var instance = await GetAsync(instanceId, InstanceParts.Summary, cancellationToken);
            if (instance is null)
                return null;
            if (instance.Status.IsFinished())
                return parts == InstanceParts.Summary ? instance : await GetAsync(instanceId, parts, cancellationToken);
            await Task.Delay(wait, _store.Time, cancellationToken);
        }
    }

    /// <summary>Gives an instance an external event. Events of one client arrive in the order in which they were raised.</summary>
    public async Task<RequestResult> RaiseEventAsync(
        string instanceId, string eventName, object? payload, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return await RequestAsync(instanceId, InboxKind.Event, eventName, payload, cancellationToken);
    }

    /// <summary>Ends an instance at its next step; activities that run already finish unheard.</summary>
    public Task<RequestResult> TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) =>
        RequestAsync(instanceId, InboxKind.Terminate, "", reason, cancellationToken);

    /// <summary>
    /// Sets a failed instance back to before its first failed activity, or before its end if none failed, and lets it run
    /// on. Activities that failed are run again; what the code asked for after the first failure is forgotten and asked for
    /// anew; other results stay. History keeps everything.
    /// </summary>
    public async Task<RequestResult> RewindAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        await _store.EnsureCreatedAsync(cancellationToken);
        var row = await _store.Table.FindAsync(instanceId, cancellationToken);
        if (row is null or { IsPurging: true })
            return RequestResult.NotFound;
        if (row.Status != OrchestrationStatus.Failed)
            return RequestResult.NotFailed;
        await _store.RequestAsync(row, InboxKind.Rewind, "", _store.Serializer.WriteObject(reason), cancellationToken);
        return RequestResult.Accepted;
    }

    /// <summary>Deletes a finished instance with its history and payloads.</summary>
    public async Task<PurgeResult> PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        await _store.EnsureCreatedAsync(cancellationToken);
        var row = await _store.Table.FindAsync(instanceId, cancellationToken);
        if (row is null)
            return PurgeResult.NotFound;
        if (!row.IsPurging && !row.Status.IsFinished())
            return PurgeResult.NotFinished;
        return await _store.TryPurgeAsync(row, cancellationToken) ? PurgeResult.Purged : PurgeResult.NotFinished;
    }

    /// <summary>Deletes all instances that finished before <paramref name="completedBefore"/>.</summary>
    /// <param name="statuses">Only these; null takes all finished ones.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> PurgeAsync(
        DateTimeOffset completedBefore, IReadOnlyCollection<OrchestrationStatus>? statuses, CancellationToken cancellationToken)
    {
        await _store.EnsureCreatedAsync(cancellationToken);
        var purged = 0;
        var filter = TableClient.CreateQueryFilter($"CompletedOn gt {0L} and CompletedOn lt {completedBefore.UtcTicks}");
        await foreach (var entity in _store.Table.QueryInstances(filter, pageSize: null, cancellationToken))
        {
            var row = InstanceRow.From(entity);
            if ((statuses?.Contains(row.Status) ?? true) && await _store.TryPurgeAsync(row, cancellationToken))
                purged++;
        }

        return purged;
    }

    private async Task<RequestResult> RequestAsync(
        string instanceId, InboxKind kind, string name, object? payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        await _store.EnsureCreatedAsync(cancellationToken);
        var row = await _store.Table.FindAsync(instanceId, cancellationToken);
        if (row is null or { IsPurging: true })
            return RequestResult.NotFound;
        if (row.Status.IsFinished())
            return RequestResult.Finished;
        await _store.RequestAsync(row, kind, name, _store.Serializer.WriteObject(payload), cancellationToken);
        return RequestResult.Accepted;
    }

    private async Task<OrchestrationInstance> DescribeAsync(
        InstanceRow row,
        IReadOnlyList<(StepRow Row, HistoryEvent[] Events)> steps,
        InstanceParts parts,
        CancellationToken cancellationToken)
    {
        var instance = Summarise(row);
        if (parts.HasFlag(InstanceParts.Payloads))
        {
            var end = row.EndIsInHistory ? EffectiveHistory.From(steps.SelectMany(step => step.Events)).End : null;
            instance = instance with
            {
                Input = Parse(await _store.Blobs.ReadAsync(row.InputPayload, cancellationToken)),
                Output = Parse(end?.Output?.Json ?? row.Output),
                Failure = end?.Failure
                    ?? (row.Failure is null ? null : JsonSerializer.Deserialize(row.Failure, HistoryJson.Default.FailureDetails)),
            };
        }

        if (parts.HasFlag(InstanceParts.History))
        {
            var history = new List<HistoryStep>(steps.Count);
            var first = 0;
            foreach (var (step, events) in steps)
            {
                history.Add(new HistoryStep(step.Number, first, step.Format, step.At, events));
                first += events.Length;
            }

            instance = instance with { History = history };
        }

        return instance;
    }

    private static OrchestrationInstance Summarise(InstanceRow row) => new()
    {
        InstanceId = row.InstanceId,
        ExecutionId = row.ExecutionId,
        Name = row.Name,
        Version = row.Version,
        Status = row.Status,
        CreatedOn = row.CreatedOn,
        UpdatedOn = row.UpdatedOn,
        CompletedOn = row.CompletedOn,
        Steps = row.NextStep,
        CustomStatus = Parse(row.CustomStatus),
    };

    private static JsonElement? Parse(byte[]? json)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string ToQuery(InstanceFilter filter)
    {
        var parts = new List<string> { "IsPurging eq false" };
        if (filter.Name is { } name)
            parts.Add(TableClient.CreateQueryFilter($"Name eq {name}"));
        if (filter.Statuses is { } statuses)
            parts.Add(statuses.Count == 0 ? "IsPurging eq true" : $"({string.Join(" or ", statuses.Select(status => $"Status eq '{status}'"))})");
        if (filter.CreatedFrom is { } from)
            parts.Add(TableClient.CreateQueryFilter($"CreatedOn ge {from}"));
        if (filter.CreatedBefore is { } before)
            parts.Add(TableClient.CreateQueryFilter($"CreatedOn lt {before}"));
        return string.Join(" and ", parts);
    }
}
