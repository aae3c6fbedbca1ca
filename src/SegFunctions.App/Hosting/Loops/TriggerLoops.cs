using SegFunctions.App.Hosting.Settings;
using SegFunctions.Storage;

namespace SegFunctions.App.Hosting.Loops;

/// <summary>Starts all triggers of the built-in host, watches over them and stops them in order.</summary>
internal sealed partial class TriggerLoops(Func<IReadOnlyList<TriggerLoop>> create, TimeSpan grace, TimeProvider time, ILogger<TriggerLoops> logger)
    : IAsyncDisposable
{
    // What remains for giving messages back once functions have been cancelled.
    private static readonly TimeSpan GiveBackLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<TriggerLoop> _loops = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Faults when a trigger has died of something that is no ordinary trouble with storage.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Creates what the triggers read from, once storage is known to answer.</summary>
    /// <exception cref="SettingsException">The storage account cannot be reached, or refuses us.</exception>
    public async Task PrepareAsync(StorageAccount storage, CancellationToken cancellationToken)
    {
        var probe = await storage.ProbeAsync(cancellationToken);
        if (!probe.IsReachable)
            throw new SettingsException([$"{probe.Explanation} The setting is AzureWebJobsStorage."]);
        try
        {
            _loops = create();
            await Task.WhenAll(_loops.Select(loop => loop.PrepareAsync(cancellationToken)));
        }
        catch (Exception exception) when (StorageTrouble.Is(exception))
        {
            throw new SettingsException([$"The storage account answers but cannot be used: {StorageTrouble.Describe(exception)} The setting is AzureWebJobsStorage."]);
        }
    }

    public void Start()
    {
        var signals = new StopSignals(_stopping.Token, _aborting.Token, _leaving.Token);
        _running = Task.WhenAll(_loops.Select(loop => Task.Run(() => RunAsync(loop, signals))));
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

    public async ValueTask DisposeAsync()
    {
        // For who did not stop first: nothing is waited for, and time-outs give back what is left.
        await _stopping.CancelAsync();
        await _aborting.CancelAsync();
        await _leaving.CancelAsync();
        // The sources stay undisposed where a function still holds on to their tokens.
        if (_running.IsCompleted)
        {
            _stopping.Dispose();
            _aborting.Dispose();
            _leaving.Dispose();
        }
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
