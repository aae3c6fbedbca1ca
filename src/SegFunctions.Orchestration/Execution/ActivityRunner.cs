using System.Text.Json;
using Microsoft.Extensions.Logging;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Messages;
using SegFunctions.Orchestration.State;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.Orchestration.Execution;

/// <summary>Runs activities and puts what comes of them into the inbox of their instance.</summary>
internal sealed class ActivityRunner(InstanceStore store, OrchestrationRegistry registry, ILogger logger)
{
    public async Task RunAsync(ActivityMessage message, CancellationToken cancellationToken)
    {
        if (!await IsAwaitedAsync(message, cancellationToken))
            return;
        var (json, failure) = await TryRunAsync(message, cancellationToken);
        if (failure is null)
            await AnswerAsync(message, InboxKind.Result, json!, cancellationToken);
        else
            await FailAsync(message, failure, cancellationToken);
    }

    /// <summary>The attempt will not be run any more: it fails with that reason.</summary>
    public async Task AbandonAsync(ActivityMessage message, FailureDetails reason, CancellationToken cancellationToken)
    {
        if (await IsAwaitedAsync(message, cancellationToken))
            await FailAsync(message, reason, cancellationToken);
    }

    private async Task<bool> IsAwaitedAsync(ActivityMessage message, CancellationToken cancellationToken)
    {
        var row = await store.Table.FindAsync(message.InstanceId, cancellationToken, forActivity: true);
        var isAwaited = row is { IsPurging: false }
            && row.ExecutionId == message.ExecutionId
            && !row.Status.IsFinished()
            && (row.OpenTasks is null || OpenTasks.Contains(row.OpenTasks, message.TaskId, message.Attempt));
        if (!isAwaited)
        {
            ActivityLog.Dropped(logger, message.Name, message.InstanceId, message.TaskId, message.Attempt);
            return false;
        }

        var key = RowKeys.Result(message.ExecutionId, message.TaskId, message.Attempt);
        if (await store.Table.FindInboxAsync(message.InstanceId, key, cancellationToken) is null)
            return true;

        // The result is there; whoever wrote it may have died before the wake-up left.
        await store.WakeAsync(message.InstanceId, cancellationToken);
        return false;
    }

    private async Task<(byte[]? Json, FailureDetails? Failure)> TryRunAsync(ActivityMessage message, CancellationToken cancellationToken)
    {
        if (registry.FindActivity(message.Name) is not { } activity)
            return (null, new FailureDetails(FailureDetails.NotRegistered, $"No activity named '{message.Name}' is registered in this process."));

        byte[] input;
        try
        {
            input = await store.Blobs.ReadAsync(message.Input, cancellationToken);
        }
        catch (BlobMissingException missing)
        {
            return (null, new FailureDetails(FailureDetails.PayloadMissing, missing.Message));
        }

        try
        {
            var context = new ActivityContext(
                message.InstanceId, message.Name, message.TaskId, message.Attempt, $"{message.ExecutionId}-{message.TaskId}");
            return (await activity.Run(context, input, store.Serializer, cancellationToken), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process is being stopped, which is nobody's failure: the message comes back.
            throw;
        }
#pragma warning disable CA1031 // Whatever an activity throws is data for its orchestrator.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ActivityLog.Failed(logger, message.Name, message.InstanceId, message.TaskId, message.Attempt, exception.GetType().Name);
            return (null, FailureDetails.From(exception));
        }
    }

    private Task FailAsync(ActivityMessage message, FailureDetails failure, CancellationToken cancellationToken) =>
        AnswerAsync(message, InboxKind.Failure, JsonSerializer.SerializeToUtf8Bytes(failure, HistoryJson.Default.FailureDetails), cancellationToken);

    private async Task AnswerAsync(ActivityMessage message, InboxKind kind, byte[] json, CancellationToken cancellationToken)
    {
        var key = RowKeys.Result(message.ExecutionId, message.TaskId, message.Attempt);
        var row = new InboxRow
        {
            Key = key,
            ExecutionId = message.ExecutionId,
            Kind = kind,
            TaskId = message.TaskId,
            Attempt = message.Attempt,
            Content = await store.PlaceInboxAsync(message.InstanceId, message.ExecutionId, key, json, cancellationToken),
            Length = json.Length,
            At = store.Time.GetUtcNow(),
        };
        var stands = await store.Table.AddInboxAsync(message.InstanceId, row, cancellationToken);

        // A step that has taken the row has read its payload, whoever's it was.
        if (row.Content.Blob is { } blob && stands?.Content.Blob != blob)
            await store.Blobs.DeleteAsync(blob, cancellationToken);
        await store.WakeAsync(message.InstanceId, cancellationToken);
    }
}
