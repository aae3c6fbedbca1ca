namespace SegFunctions.App;

/// <summary>Something that must exist before it is used: made once in a process, and tried again after a failure.</summary>
internal sealed class OnceCreated(Func<CancellationToken, Task> create)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _exists;

    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_exists)
                await create(cancellationToken);
            _exists = true;
        }
        finally
        {
            _gate.Release();
        }
    }
}
