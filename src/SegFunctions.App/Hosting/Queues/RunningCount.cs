namespace SegFunctions.App.Hosting.Queues;

/// <summary>Counts what runs, and lets one waiter wait until few enough do.</summary>
internal sealed class RunningCount
{
    private readonly Lock _gate = new();
    private int _running;
    private int _wanted = -1;
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Enter()
    {
        lock (_gate)
            _running++;
    }

    public void Leave()
    {
        lock (_gate)
        {
            _running--;
            if (_running <= _wanted)
                _reached.TrySetResult();
        }
    }

    public Task WaitUntilAtMostAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_running <= count)
                return Task.CompletedTask;
            _wanted = count;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task.WaitAsync(cancellationToken);
        }
    }
}
