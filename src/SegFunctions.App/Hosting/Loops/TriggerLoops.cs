using Microsoft.Extensions.Logging;
using SegFunctions.App.Hosting.Settings;

namespace SegFunctions.App.Hosting.Loops;

/// <summary>Starts all triggers of the built-in host, watches over them and stops them in order.</summary>
internal sealed partial class TriggerLoops(IReadOnlyList<TriggerLoop> loops, TimeSpan grace, TimeProvider time, ILogger<TriggerLoops> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan PrepareLimit = TimeSpan.FromSeconds(30);

    // What remains for giving messages back once functions have been cancelled.
    private static readonly TimeSpan GiveBackLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <summary>Faults when a trigger has died of something that is no ordinary trouble with storage.</summary>
    public Task Failed => _failed.Task;

    /// <exception cref="SettingsException">The storage account cannot be reached, or refuses us.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(PrepareLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            foreach (var loop in loops)
                await loop.PrepareAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SettingsException([$"The storage account does not answer within {PrepareLimit.TotalSeconds:0} s; check AzureWebJobsStorage and the network."]);
        }
        catch (Exception exception) when (StorageTrouble.Is(exception))
        {
            throw new SettingsException([$"The storage account cannot be used: {StorageTrouble.Describe(exception)} Check AzureWebJobsStorage and that the account, or Azurite, is running."]);
        }
    }

    public void Start()
    {
        var signals = new StopSignals(_stopping.Token, _aborting.Token, _leaving.Token);
        _running = Task.WhenAll(loops.Select(loop => Task.Run(() => RunAsync(loop, signals))));
    }

    /// <summary>Stops taking work, lets functions finish within the grace, then cancels them and gives their messages back.</summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        await _stopping.CancelAsync();
        await EndsWithinAsync(grace, hurry);
        await _aborting.CancelAsync();
        await EndsWithinAsync(GiveBackLimit, CancellationToken.None);
        await _leaving.CancelAsync();
        if (!_running.IsCompleted)
            LogLeft();
    }

    public ValueTask DisposeAsync()
    {
        // The tokens' sources stay undisposed where a function still holds on to them.
        if (_running.IsCompleted)
        {
            _stopping.Dispose();
            _aborting.Dispose();
            _leaving.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task EndsWithinAsync(TimeSpan limit, CancellationToken hurry)
    {
        try
        {
            await _running.WaitAsync(limit, time, hurry);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The next step of the stop follows.
        }
    }

    private async Task RunAsync(TriggerLoop loop, StopSignals signals)
    {
        try
        {
            await loop.RunAsync(signals);
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            // The stop that was asked for.
        }
        catch (Exception exception)
        {
            // A host with one dead trigger would look alive and serve nothing: end the process and let it be started again.
            LogDied(exception, loop.Name);
            _failed.TrySetException(exception);
        }
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Critical, Message = "The trigger of {Function} died; the process ends")]
    private partial void LogDied(Exception exception, string function);

    [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "Functions still run after they were cancelled; their messages return when their time-out ends")]
    private partial void LogLeft();
}
