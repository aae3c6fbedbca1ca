using Microsoft.Extensions.Logging;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Messages;
using SegFunctions.Orchestration.Replay;
using SegFunctions.Orchestration.State;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.Orchestration.Execution;

/// <summary>Takes the steps of instances: reads what is new, replays, commits, sends.</summary>
/// <remarks>
/// Every order of operations here is chosen so that a process killed between any two leaves nothing that the next step or a
/// recovery does not finish: payloads before the commit that names them, messages after the commit that demands them, inbox
/// rows deleted after the commit that took them, and their payloads after the rows.
/// </remarks>
internal sealed class StepRunner(InstanceStore store, OrchestrationRegistry registry, ILogger logger)
{
    /// <summary>Each lost race means that somebody else got on; more than this means that something is wrong.</summary>
    private const int MaxRaces = 50;
    private readonly InstanceTurns _turns = new();

    private enum Outcome
    {
        Done,
        More,
        LostRace,
    }

    public async Task RunAsync(StepMessage message, CancellationToken cancellationToken)
    {
        // A timer's message cannot go unread: it may have to be sent on.
        using var turn = await _turns.TakeAsync(message.InstanceId, mayJoin: message.Due is null, cancellationToken);
        if (turn is not null)
            await RunInTurnAsync(message, abandoned: null, cancellationToken);
    }

    /// <summary>Fails an instance that has something to do, without running its code.</summary>
    public async Task AbandonAsync(string instanceId, FailureDetails reason, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(instanceId, mayJoin: false, cancellationToken);
        await RunInTurnAsync(new StepMessage { InstanceId = instanceId }, reason, cancellationToken);
    }

    /// <summary>Sends what steps had to send and, for longer than the grace period, did not note as sent.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> ResendAsync(string instanceId, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(instanceId, mayJoin: false, cancellationToken);
        return await store.Table.FindAsync(instanceId, cancellationToken) is { IsPurging: false } row
            && await ResendAsync(row, cancellationToken);
    }

    private async Task RunInTurnAsync(StepMessage message, FailureDetails? abandoned, CancellationToken cancellationToken)
    {
        for (var races = 0; ;)
        {
            switch (await TryStepAsync(message, abandoned, cancellationToken))
            {
                case Outcome.Done:
                    return;
                case Outcome.LostRace when ++races == MaxRaces:
                    throw new InvalidOperationException(
                        $"Instance '{message.InstanceId}' changed {MaxRaces} times while one step was tried; its message is given back.");
                case Outcome.LostRace:
                    StepLog.RaceLost(logger, message.InstanceId);
                    break;
            }
        }
    }

    private async Task<Outcome> TryStepAsync(StepMessage message, FailureDetails? abandoned, CancellationToken cancellationToken)
    {
        var instanceId = message.InstanceId;

        // The inbox first: what it holds of an execution that the row, read later, does not know belongs to no living one.
        var (inbox, more) = await store.Table.ReadInboxAsync(instanceId, store.Options.StepBytes, cancellationToken);
        var row = await store.Table.FindAsync(instanceId, cancellationToken);
        var live = inbox.Where(item => item.ExecutionId == row?.ExecutionId).ToList();
        if (live.Count < inbox.Count)
            await store.DeleteInboxAsync(instanceId, [.. inbox.Except(live)], cancellationToken);
        var rest = more ? Outcome.More : Outcome.Done;
        if (row is null or { IsPurging: true })
            return rest;

        HistoryFormat.Require(instanceId, row.Format);
        var now = store.Time.GetUtcNow();
        if (row.Status.IsFinished() && !(row.Status == OrchestrationStatus.Failed && live.Any(item => item.Kind == InboxKind.Rewind)))
        {
            await store.DeleteInboxAsync(instanceId, live, cancellationToken);
            return rest;
        }

        if (live.Count == 0 && row.NextStep > 0 && !(row.NextTimer <= now))
        {
            await WaitOnAsync(message, row, cancellationToken);
            return rest;
        }

        if (await store.ReadHistoryAsync(row, cancellationToken) is not { } history)
            return Outcome.LostRace;
        var fresh = live.Where(item => IsNews(item, history)).ToList();
        var isToRewind = history.IsFinished && fresh.Any(item => item.Kind == InboxKind.Rewind);
        var isToGoOn = !history.IsFinished && (row.NextStep == 0 || fresh.Count > 0 || history.HasDue(now));
        if (!isToRewind && !isToGoOn)
            await WaitOnAsync(message, row, cancellationToken);
        else if (!await StepAsync(message, row, history, fresh, now, abandoned, cancellationToken))
            return Outcome.LostRace;

        await store.DeleteInboxAsync(instanceId, live, cancellationToken);
        return rest;
    }

    /// <summary>Nothing is new; a timer may not be due yet, and earlier messages may be lost.</summary>
    private async Task WaitOnAsync(StepMessage message, InstanceRow row, CancellationToken cancellationToken)
    {
        if (message.Due is { } due && due == row.NextTimer)
            await store.WakeAtAsync(row.InstanceId, due, cancellationToken);
        await ResendAsync(row, cancellationToken);
    }

    /// <returns>False when the race was lost.</returns>
    private async Task<bool> StepAsync(
        StepMessage message,
        InstanceRow row,
        EffectiveHistory history,
        IReadOnlyList<InboxRow> fresh,
        DateTimeOffset now,
        FailureDetails? abandoned,
        CancellationToken cancellationToken)
    {
        var draft = new StepDraft(row);
        var incoming = await ReadAsync(fresh, cancellationToken);
        var input = new StepInput
        {
            InstanceId = row.InstanceId,
            ExecutionId = row.ExecutionId,
            Name = row.Name,
            Version = row.Version.Length > 0 ? row.Version : null,
            Input = row.InputPayload,
            InputJson = abandoned is null ? await store.Blobs.ReadAsync(row.InputPayload, cancellationToken) : [],
            Now = now,
            PlaceInput = draft.PlaceInput,
        };

        // A thread without a scheduler of its own, so that the code's continuations land where its thread wants them.
        var step = await Task.Run(
            () => StepExecution.Run(history, registry.FindOrchestrator(row.Name), input, incoming, store.Serializer, abandoned),
            cancellationToken);

        var messages = history.IsFinished ? [] : MessagesOf(row, history, step.Events);
        var nextTimer = history.IsFinished ? null : history.NextTimer();

        // The message of an unchanged timer is on its way, unless it is the very one that came too early.
        var setsTimer = nextTimer is not null && (nextTimer != row.NextTimer || nextTimer == message.Due);
        var after = row.After(history, now, step.CustomStatus, messages.Count > 0 || setsTimer);
        var committed = draft.Finish(step.Events, now);
        await store.SideBySideAsync(draft.Blobs, (blob, stop) => store.Blobs.WriteAsync(blob.Key, blob.Value, stop), cancellationToken);
        if (!await store.Table.TryCommitAsync(row, after, committed, cancellationToken))
        {
            await store.DeleteBlobsAsync(draft.Blobs.Keys, cancellationToken);
            return false;
        }

        StepLog.Committed(logger, row.InstanceId, committed.Number, committed.Events, messages.Count, after.Status);
        if (after.Unsent.Any(unsent => unsent.Number == committed.Number))
        {
            await SendAsync(row.InstanceId, messages, setsTimer ? nextTimer : null, cancellationToken);
            await ConfirmAsync(row, new HashSet<int> { committed.Number }, cancellationToken);
        }

        return true;
    }

    private async Task SendAsync(
        string instanceId, IReadOnlyCollection<ActivityMessage> messages, DateTimeOffset? timer, CancellationToken cancellationToken)
    {
        if (timer is { } due)
            await store.WakeAtAsync(instanceId, due, cancellationToken);
        await store.SideBySideAsync(
            messages, (one, stop) => store.ActivityQueue.SendAsync(Message.Write(one), TimeSpan.Zero, stop), cancellationToken);
    }

    /// <summary>Younger steps are passed over: whoever committed them may just be sending.</summary>
    private async Task<bool> ResendAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        var overdue = OverdueSteps(row);
        if (overdue.Count == 0 || row.Status.IsFinished() || await store.ReadHistoryAsync(row, cancellationToken) is not { } history)
            return false;
        var happened = history.Entries.Where(entry => overdue.Contains(entry.Step)).Select(entry => entry.Event);
        var messages = MessagesOf(row, history, happened);
        StepLog.Resent(logger, row.InstanceId, messages.Count);
        await SendAsync(row.InstanceId, messages, history.NextTimer(), cancellationToken);
        await ConfirmAsync(row, overdue, cancellationToken);
        return true;
    }

    private HashSet<int> OverdueSteps(InstanceRow row)
    {
        var now = store.Time.GetUtcNow();
        return [.. row.Unsent.Where(step => now - step.CommittedOn > store.Options.MessageGrace).Select(step => step.Number)];
    }

    /// <summary>Notes that the messages of these steps have left. Best effort: without the note they leave once more.</summary>
    private async Task ConfirmAsync(InstanceRow row, IReadOnlySet<int> steps, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            var current = await store.Table.FindAsync(row.InstanceId, cancellationToken);
            if (current is null || current.ExecutionId != row.ExecutionId || !current.Unsent.Any(unsent => steps.Contains(unsent.Number)))
                return;
            var left = UnsentStep.Format(current.Unsent.Where(unsent => !steps.Contains(unsent.Number)));
            if (await store.Table.TryMergeAsync(current, [new(nameof(InstanceRow.Unsent), left)], cancellationToken))
                return;
        }
    }

    private static List<ActivityMessage> MessagesOf(InstanceRow row, EffectiveHistory history, IEnumerable<HistoryEvent> happened)
    {
        var messages = new List<ActivityMessage>();
        foreach (var one in happened)
        {
            var started = one switch
            {
                ActivityScheduled scheduled => (scheduled.TaskId, Attempt: 1),
                ActivityRestarted restarted => (restarted.TaskId, restarted.Attempt),
                _ => ((int TaskId, int Attempt)?)null,
            };
            if (started is not { } start || !history.Awaits(start.TaskId, start.Attempt))
                continue;
            var call = history.FindActivity(start.TaskId)!.Scheduled;
            messages.Add(new ActivityMessage
            {
                InstanceId = row.InstanceId,
                ExecutionId = row.ExecutionId,
                TaskId = start.TaskId,
                Attempt = start.Attempt,
                Name = call.Name,
                Input = call.Input,
            });
        }

        return messages;
    }

    private static bool IsNews(InboxRow item, EffectiveHistory history) => item.Kind switch
    {
        InboxKind.Result or InboxKind.Failure => history.Awaits(item.TaskId, item.Attempt),
        InboxKind.Event or InboxKind.Rewind => !history.HasTaken(item.Key),
        _ => true,
    };

    private async Task<IReadOnlyList<Incoming>> ReadAsync(IReadOnlyList<InboxRow> rows, CancellationToken cancellationToken)
    {
        var incoming = new Incoming[rows.Count];
        await store.SideBySideAsync(
            Enumerable.Range(0, rows.Count),
            async (i, stop) => incoming[i] = await ReadAsync(rows[i], stop),
            cancellationToken);
        return incoming;
    }

    private async Task<Incoming> ReadAsync(InboxRow row, CancellationToken cancellationToken)
    {
        byte[] json;
        try
        {
            json = await store.Blobs.ReadAsync(row.Content, cancellationToken);
        }
        catch (BlobMissingException missing) when (row.Kind is InboxKind.Result or InboxKind.Failure)
        {
            return new ActivityResult(
                row.TaskId, row.Attempt, Result: null, new FailureDetails(FailureDetails.PayloadMissing, missing.Message));
        }

        return row.Kind switch
        {
            InboxKind.Result => new ActivityResult(row.TaskId, row.Attempt, json, Failure: null),
            InboxKind.Failure => new ActivityResult(row.TaskId, row.Attempt, Result: null, ReadFailure(json)),
            InboxKind.Event => new EventRequest(row.Key, row.Name, json),
            InboxKind.Terminate => new TerminateRequest(row.Key, store.Serializer.Read<string>(json) ?? ""),
            InboxKind.Rewind => new RewindRequest(row.Key, store.Serializer.Read<string>(json) ?? ""),
            _ => throw new InvalidDataException($"The inbox row '{row.Key}' is of the unknown kind {row.Kind}."),
        };
    }

    private static FailureDetails ReadFailure(byte[] json) =>
        System.Text.Json.JsonSerializer.Deserialize(json, HistoryJson.Default.FailureDetails)
        ?? throw new InvalidDataException("A failure in the inbox is empty.");
}
