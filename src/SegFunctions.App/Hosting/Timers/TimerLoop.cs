using System.Text.Json;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Invocation;
using SegFunctions.App.Hosting.Loops;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Hosting.Timers;

/// <summary>Runs one timer function by its schedule, on one instance at a time.</summary>
/// <remarks>
/// The status blob is written after a run, so a process that dies in one leaves the occurrence open: the next instance runs
/// it again, once, as past due.
/// </remarks>
internal sealed partial class TimerLoop(
    FunctionDefinition function,
    TimerSchedule schedule,
    bool runsAtStart,
    StorageAccount storage,
    FunctionInvoker invoker,
    TimeSpan functionTimeout,
    TimeProvider time,
    ILogger<TimerLoop> logger)
    : TriggerLoop
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeaseRetry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TroubleWait = TimeSpan.FromSeconds(5);

    // Long waits are cut: a clock that is set, or a machine that slept, is noticed within this.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly BlobContainer _state = storage.Blobs.GetContainer(HostId.Container);
    private bool _runsAtStart = runsAtStart;

    public override string Name => function.Name;

    public override Task PrepareAsync(CancellationToken cancellationToken) => _state.CreateIfNotExistsAsync(cancellationToken);

    public override async Task RunAsync(StopSignals signals)
    {
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                var lease = await storage.Leases.AcquireAsync(HostId.ListenerLease(function.Name), LeaseTime, LeaseRetry, signals.Stopping);
                await using (lease)
                {
                    await RunScheduleAsync(lease.Lost, signals);
                }
            }
            catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                // The lease was lost; another instance may have it, and we ask again.
                LogLeaseLost(function.Name);
            }
            catch (Exception exception) when (StorageTrouble.Is(exception))
            {
                LogTrouble(function.Name, StorageTrouble.Describe(exception));
                await Task.Delay(TroubleWait, time, signals.Stopping);
            }
        }
    }

    private async Task RunScheduleAsync(CancellationToken lost, StopSignals signals)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lost, signals.Stopping);
        var stored = await ReadAsync(ending.Token);
        var status = TimerPlan.Resume(stored, schedule, time.GetUtcNow());
        if (status != stored)
            await WriteAsync(status, ending.Token);
        var isPastDue = TimerPlan.Wait(status, time.GetUtcNow()) == TimeSpan.Zero;
        // A run that is due is the one of the start as well.
        if (_runsAtStart && !isPastDue && !await CallAsync(status, isPastDue, lost, signals))
            return;
        _runsAtStart = false;
        while (true)
        {
            for (var wait = TimerPlan.Wait(status, time.GetUtcNow()); wait > TimeSpan.Zero; wait = TimerPlan.Wait(status, time.GetUtcNow()))
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, ending.Token);
            ending.Token.ThrowIfCancellationRequested();
            var started = time.GetUtcNow();
            if (!await CallAsync(status, isPastDue, lost, signals))
                return;
            isPastDue = false;
            status = TimerPlan.AfterRun(status, schedule, started, time.GetUtcNow());
            await WriteAsync(status, signals.Leaving);
        }
    }

    /// <returns>False when the run was cut short by a stop or a lost lease, and is still to be done.</returns>
    private async Task<bool> CallAsync(TimerStatus status, bool isPastDue, CancellationToken lost, StopSignals signals)
    {
        var invocationId = Guid.NewGuid().ToString();
        using var scope = logger.BeginScope(new InvocationScope(function.Name, invocationId));
        using var timeout = new CancellationTokenSource(functionTimeout, time);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(lost, signals.Aborting, timeout.Token);
        var timer = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new ScheduleStatus { Last = status.Last, Next = status.Next, LastUpdated = status.LastUpdated },
        };
        try
        {
            await invoker.InvokeTimerAsync(function, invocationId, timer, cancelled.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested || signals.Aborting.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // As under the Functions host: the schedule goes on.
            LogFailed(exception, function.Name);
        }

        return true;
    }

    private async Task<TimerStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await _state.FindContentAsync(HostId.TimerStatus(function.Name), cancellationToken) is not { } found)
            return null;
        try
        {
            return JsonSerializer.Deserialize(found.Content, TimerStatusContext.Default.TimerStatus);
        }
        catch (JsonException exception)
        {
            LogUnreadable(exception, function.Name);
            return null;
        }
    }

    private Task WriteAsync(TimerStatus status, CancellationToken cancellationToken) => _state.WriteAsync(
        HostId.TimerStatus(function.Name),
        JsonSerializer.SerializeToUtf8Bytes(status, TimerStatusContext.Default.TimerStatus),
        new BlobWriteOptions { ContentType = "application/json" },
        cancellationToken);

    [LoggerMessage(EventId = 150, Level = LogLevel.Error, Message = "{Function} failed; its schedule goes on")]
    private partial void LogFailed(Exception exception, string function);

    [LoggerMessage(EventId = 151, Level = LogLevel.Warning, Message = "The timer of {Function} cannot reach storage; trying again: {Reason}")]
    private partial void LogTrouble(string function, string reason);

    [LoggerMessage(EventId = 152, Level = LogLevel.Warning, Message = "The lease of the timer of {Function} was lost")]
    private partial void LogLeaseLost(string function);

    [LoggerMessage(EventId = 153, Level = LogLevel.Warning, Message = "The status of the timer of {Function} is no JSON; it begins anew")]
    private partial void LogUnreadable(Exception exception, string function);
}
