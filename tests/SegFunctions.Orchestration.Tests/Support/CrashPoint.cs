namespace SegFunctions.Orchestration.Tests.Support;

/// <summary>The process is gone.</summary>
public sealed class CrashException(string where) : Exception($"Crashed {where}.");

/// <summary>Lets the process die before or after its n-th call to storage; a dead process makes no more calls.</summary>
public sealed class CrashPoint(int call, bool afterwards)
{
    private int _calls;
    private string? _where;

    public bool HasCrashed => _where is not null;

    public int Calls => _calls;

    public Task WatchAsync(string operation, bool isDone)
    {
        if (!isDone && ++_calls == call && !afterwards)
            _where = $"before call {call}, {operation}";
        if (isDone && _calls == call && afterwards)
            _where = $"after call {call}, {operation}";
        return _where is null ? Task.CompletedTask : Task.FromException(new CrashException(_where));
    }
}
