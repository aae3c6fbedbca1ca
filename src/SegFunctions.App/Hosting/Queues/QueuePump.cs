using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Loops;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Hosting.Queues;

/// <summary>Feeds one function from its queue, by the Functions host's rules.</summary>
/// <remarks>
/// A message is deleted after its function has returned and not before, so a process that dies at any instruction loses
/// none: its messages appear again when their hold ends.
/// </remarks>
internal sealed partial class QueuePump(
    FunctionDefinition function,
    string queueName,
    StorageAccount storage,
    FunctionInvoker invoker,
    QueuePumpOptions options,
    TimeSpan functionTimeout,
    WakeSignal wake,
    TimeProvider time,
    ILogger<QueuePump> logger)
    : TriggerLoop
{
    private readonly MessageQueue _queue = storage.Queues.GetQueue(queueName);
    private readonly MessageRules _rules = new(queueName, options);
    private readonly RunningCount _running = new();

    public override string Name => function.Name;

    public override Task PrepareAsync(CancellationToken cancellationToken) => _queue.CreateIfNotExistsAsync(cancellationToken);

    public override async Task RunAsync(StopSignals signals)
    {
        // The seed only spreads the polling of many processes; nothing that is kept depends on it.
        var backOff = new PollingBackOff(options.MinimumPollingInterval, options.MaxPollingInterval, new Random(Environment.ProcessId));
        try
        {
            while (true)
            {
                await _running.WaitUntilAtMostAsync(options.NewBatchThreshold, signals.Stopping);
                signals.Stopping.ThrowIfCancellationRequested();
                var sent = time.GetUtcNow();
                var batch = await ReceiveAsync(signals);
                foreach (var message in batch)
                    Begin(message, sent, signals);
                if (batch.Count > 0)
                    backOff.Reset();
                else if (await wake.WaitAsync(backOff.Next(), signals.Stopping))
                    backOff.Reset();
            }
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            await _running.WaitUntilAtMostAsync(0, signals.Leaving);
        }
    }

    private async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(StopSignals signals)
    {
        try
        {
            // Not cancelled by the stop itself: the service may have handed messages out that we would never see.
            return await _queue.ReceiveAsync(options.BatchSize, options.HoldTime, signals.Aborting);
        }
        catch (Exception exception) when (StorageTrouble.Is(exception))
        {
            LogNotReceived(queueName, StorageTrouble.Describe(exception));
            return [];
        }
    }

    private void Begin(QueueMessage message, DateTimeOffset received, StopSignals signals)
    {
        _running.Enter();
        _ = Task.Run(async () =>
        {
            try
            {
                await HandleAsync(message, received, signals);
            }
            catch (Exception exception)
            {
                // Storage would not take the message's fate; it appears again when its hold ends.
                LogUnsettled(exception, queueName, message.MessageId);
            }
            finally
            {
                _running.Leave();
            }
        });
    }

    private async Task HandleAsync(QueueMessage message, DateTimeOffset received, StopSignals signals)
    {
        if (signals.Stopping.IsCancellationRequested)
        {
            await SettleAsync(message, MessageFate.GiveBack, signals.Leaving);
            return;
        }

        var fate = _rules.OnReceived(message);
        if (fate != MessageFate.Run)
        {
            await SettleAsync(message, fate, signals.Leaving);
            return;
        }

        QueueMessage? latest;
        MessageOutcome outcome;
        var hold = new MessageHold(_queue, message, options.HoldTime, received, time, logger);
        await using (hold)
        {
            outcome = await RunAsync(message, hold, signals);
            latest = await hold.EndAsync();
        }

        if (latest is null)
            LogLost(queueName, message.MessageId);
        else
            await SettleAsync(latest, _rules.OnEnded(latest, outcome), signals.Leaving);
    }

    private async Task<MessageOutcome> RunAsync(QueueMessage message, MessageHold hold, StopSignals signals)
    {
        var invocationId = Guid.NewGuid().ToString();
        using var scope = logger.BeginScope(new InvocationScope(function.Name, invocationId));
        using var timeout = new CancellationTokenSource(functionTimeout, time);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(signals.Aborting, hold.Lost, timeout.Token);
        try
        {
            var metadata = new QueueMessageMetadata
            {
                Id = message.MessageId,
                DequeueCount = message.DequeueCount,
                InsertionTime = message.InsertedOn,
                ExpirationTime = message.ExpiresOn,
            };
            await invoker.InvokeMessageAsync(function, invocationId, message.Body, metadata, cancelled.Token);
            return MessageOutcome.Succeeded;
        }
        catch (OperationCanceledException) when (signals.Aborting.IsCancellationRequested)
        {
            return MessageOutcome.Stopped;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            LogTimedOut(function.Name, functionTimeout, message.MessageId, message.DequeueCount);
            return MessageOutcome.Failed;
        }
        catch (Exception exception)
        {
            LogFailed(exception, function.Name, message.MessageId, message.DequeueCount, options.MaxDequeueCount);
            return MessageOutcome.Failed;
        }
    }

    private async Task SettleAsync(QueueMessage message, MessageFate fate, CancellationToken cancellationToken)
    {
        switch (fate)
        {
            case MessageFate.Delete:
                if (!await _queue.DeleteAsync(message, cancellationToken))
                    LogLost(queueName, message.MessageId);
                break;
            case MessageFate.Retry:
                await _queue.SetVisibilityAsync(message, options.VisibilityTimeout, cancellationToken);
                break;
            case MessageFate.GiveBack:
                await _queue.SetVisibilityAsync(message, TimeSpan.Zero, cancellationToken);
                break;
            case MessageFate.Poison:
                // Copied before it is deleted: a crash in between leaves two, never none.
                var payload = await PayloadAsync(message, cancellationToken);
                await storage.Queues.GetQueue(_rules.PoisonQueue!).SendAsync(payload, TimeSpan.Zero, cancellationToken);
                await _queue.DeleteAsync(message, cancellationToken);
                if (message.IsDecodable)
                    LogPoison(queueName, message.MessageId, message.DequeueCount, _rules.PoisonQueue!);
                else
                    LogUndecodable(queueName, message.MessageId, _rules.PoisonQueue!);
                break;
        }
    }

    /// <summary>What was sent, so that it gets a claim of its own: the old one is swept away by its age.</summary>
    private async Task<ReadOnlyMemory<byte>> PayloadAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (!message.IsDecodable)
            return message.Body;
        try
        {
            return await storage.Claims.RedeemAsync(message.Body, cancellationToken);
        }
        catch (BlobMissingException)
        {
            return message.Body;
        }
    }

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "Queue {Queue} cannot be read; trying again: {Reason}")]
    private partial void LogNotReceived(string queue, string reason);

    [LoggerMessage(EventId = 142, Level = LogLevel.Error, Message = "{Function} failed on message {MessageId}, try {DequeueCount} of {MaxDequeueCount}")]
    private partial void LogFailed(Exception exception, string function, string messageId, long dequeueCount, int maxDequeueCount);

    [LoggerMessage(EventId = 143, Level = LogLevel.Error, Message = "{Function} did not end within {Timeout} on message {MessageId}, try {DequeueCount}")]
    private partial void LogTimedOut(string function, TimeSpan timeout, string messageId, long dequeueCount);

    [LoggerMessage(EventId = 144, Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} moved to {PoisonQueue} after {DequeueCount} deliveries")]
    private partial void LogPoison(string queue, string messageId, long dequeueCount, string poisonQueue);

    [LoggerMessage(EventId = 145, Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} is no base64 and moved to {PoisonQueue}; messages must be base64 encoded")]
    private partial void LogUndecodable(string queue, string messageId, string poisonQueue);

    [LoggerMessage(EventId = 146, Level = LogLevel.Warning, Message = "Message {MessageId} of {Queue} is in other hands by now; it is delivered again")]
    private partial void LogLost(string queue, string messageId);

    [LoggerMessage(EventId = 147, Level = LogLevel.Warning, Message = "What became of message {MessageId} could not be told to {Queue}; it is delivered again")]
    private partial void LogUnsettled(Exception exception, string queue, string messageId);
}
