namespace SegFunctions.App.Hosting.Loops;

/// <summary>Ends a wait early; a signal that comes while nobody waits is kept for the next wait.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _signal = New();

    public void Set()
    {
        lock (_gate)
            _signal.TrySetResult();
    }

    /// <returns>True when signalled, false when the time has passed.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Task signal;
        lock (_gate)
            signal = _signal.Task;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal, Task.Delay(limit, time, ended.Token));
        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (!signal.IsCompleted)
            return false;
        lock (_gate)
            _signal = New();
        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
