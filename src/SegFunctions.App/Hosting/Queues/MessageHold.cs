using SegFunctions.App.Hosting.Loops;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Hosting.Queues;

/// <summary>Keeps a message ours while its function runs.</summary>
internal sealed partial class MessageHold : IAsyncDisposable
{
    private readonly MessageQueue _queue;
    private readonly HoldPlan _plan;
    private readonly TimeSpan _holdTime;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    // Owned by the renewing task until it has ended, then by who asks for the end.
    private QueueMessage? _message;

    /// <param name="received">When the request that took the message was sent.</param>
    public MessageHold(
        MessageQueue queue, QueueMessage message, TimeSpan holdTime, DateTimeOffset received, TimeProvider time, ILogger logger)
    {
        _queue = queue;
        _message = message;
        _holdTime = holdTime;
        _plan = new HoldPlan(holdTime, received);
        _time = time;
        _logger = logger;
        _renewing = RenewAsync();
    }

    /// <summary>Fires when the message may be in other hands; the function's work would be done twice from here.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Stops renewing.</summary>
    /// <returns>The message with its latest receipt, or null when it was lost.</returns>
    public async Task<QueueMessage?> EndAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        return _message;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_plan.Wait(_time.GetUtcNow()), _time, _ended.Token);
                var sent = _time.GetUtcNow();
                if (_plan.IsLost(sent))
                {
                    await LoseAsync();
                    return;
                }

                try
                {
                    // Not cancelled when the function ends: a renewal that the service has made changes the receipt that we need.
                    using var limit = new CancellationTokenSource(_plan.Left(sent), _time);
                    _message = await _queue.SetVisibilityAsync(_message!, _holdTime, limit.Token);
                }
                catch (Exception exception) when (exception is OperationCanceledException || StorageTrouble.Is(exception))
                {
                    LogNotRenewed(exception, _message!.MessageId);
                    continue;
                }

                if (_message is null)
                {
                    await LoseAsync();
                    return;
                }

                _plan.Renewed(sent);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The function has ended.
        }
    }

    private async Task LoseAsync()
    {
        _message = null;
        await _lost.CancelAsync();
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Warning, Message = "The hold on message {MessageId} was not renewed; trying again")]
    private partial void LogNotRenewed(Exception exception, string messageId);
}
