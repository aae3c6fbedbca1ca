namespace SegFunctions.Orchestration.Replay;

/// <summary>
/// Runs an orchestrator's code and its continuations on one thread, until there is nothing left to run, and notices when a
/// continuation arrives from anywhere else: then the code awaited something that cannot be replayed.
/// </summary>
internal sealed class OrchestratorThread : SynchronizationContext
{
    private const int Closed = 0;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private volatile int _owner = Environment.CurrentManagedThreadId;
    private volatile bool _wasLeft;

    /// <summary>Whether a continuation, or a call to the context, came from another thread.</summary>
    public bool WasLeft => _wasLeft;

    /// <summary>Whether the caller is the orchestrator's code; remembers when it is not.</summary>
    public bool IsCurrent()
    {
        if (Environment.CurrentManagedThreadId == _owner)
            return true;
        _wasLeft = true;
        return false;
    }

    /// <summary>Runs <paramref name="action"/>, and then all that becomes runnable by it.</summary>
    /// <remarks>
    /// The action completes tasks while no context is set: continuations that were asked for with
    /// <c>ConfigureAwait(false)</c> then run at once on this thread, and the others are posted here.
    /// </remarks>
    public void Run(Action action)
    {
        var outer = Current;
        try
        {
            SetSynchronizationContext(null);
            action();
            while (_work.TryDequeue(out var work))
            {
                SetSynchronizationContext(this);
                work.Callback(work.State);
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Whatever arrives from now on is dropped.</summary>
    public void Close() => _owner = Closed;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent())
            _work.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestrator's code has one thread; nothing can be sent to it.");

    public override SynchronizationContext CreateCopy() => this;
}
