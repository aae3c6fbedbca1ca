using System.Security.Cryptography;
using System.Text;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Serialization;

namespace SegFunctions.Orchestration.Replay;

/// <summary>The context of one replay: turns calls into asks, and what happened into results.</summary>
internal sealed class ReplayContext(
    string instanceId, string executionId, string name, PayloadSerializer serializer, OrchestratorThread thread)
    : OrchestrationContext
{
    private const int MaxCustomStatusBytes = 16 * 1024;
    private readonly Queue<Ask> _asked = new();
    private readonly Dictionary<int, TaskAsk> _open = [];
    private readonly Dictionary<string, Queue<byte[]>> _raised = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LinkedList<EventWait>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _now;
    private string _version = "";
    private byte[] _input = [];
    private int _guids;

    public override string InstanceId => instanceId;

    public override string Name => name;

    public override string Version => _version;

    public override DateTimeOffset CurrentUtcDateTime => _now;

    public override bool IsReplaying => !IsLive;

    /// <summary>Whether the code has gone beyond what history has.</summary>
    public bool IsLive { get; set; }

    public byte[]? CustomStatus { get; private set; }

    /// <summary>What the code asked for since the last look, in order.</summary>
    public Queue<Ask> Asked => _asked;

    /// <summary>Whether anything is under way that can wake the code.</summary>
    public bool AwaitsSomething => _open.Count > 0 || _asked.Count > 0 || _waits.Values.Any(waits => waits.Count > 0);

    public override Guid NewGuid()
    {
        RequireOwnThread();
        var named = Encoding.UTF8.GetBytes($"{instanceId}\n{executionId}\n{_guids++}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(named, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    public override void SetCustomStatus(object? status)
    {
        RequireOwnThread();
        var json = serializer.WriteObject(status);
        if (json.Length > MaxCustomStatusBytes)
        {
            throw new ArgumentException(
                $"The custom status has {json.Length} bytes as JSON; at most {MaxCustomStatusBytes} are allowed. Keep details in a blob.",
                nameof(status));
        }

        CustomStatus = json;
    }

    public override T? GetInput<T>()
        where T : default
    {
        RequireOwnThread();
        return serializer.Read<T>(_input);
    }

    public override Task<T> CallActivityAsync<T>(string name, object? input = null, RetryPolicy? retry = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RequireOwnThread();
        var ask = new ActivityAsk<T>(name, serializer.WriteObject(input), retry, json => serializer.Read<T>(json)!);
        _asked.Enqueue(ask);
        return ask.Task;
    }

    public override Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken = default)
    {
        RequireOwnThread();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        var ask = new TimerAsk(fireAt.ToUniversalTime());
        _asked.Enqueue(ask);
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.Register(() =>
            {
                if (thread.IsCurrent() && ask.Cancel(cancellationToken))
                    _asked.Enqueue(new CancelAsk(ask));
            });
        }

        return ask.Task;
    }

    public override Task<T> WaitForExternalEventAsync<T>(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RequireOwnThread();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        if (_raised.TryGetValue(name, out var raised) && raised.TryDequeue(out var json))
            return Task.FromResult(serializer.Read<T>(json)!);

        if (!_waits.TryGetValue(name, out var waits))
            _waits.Add(name, waits = new LinkedList<EventWait>());
        var wait = new EventWait<T>(payload => serializer.Read<T>(payload)!);
        var place = waits.AddLast(wait);
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.Register(() =>
            {
                if (thread.IsCurrent() && place.List is not null)
                {
                    waits.Remove(place);
                    wait.Cancel(cancellationToken);
                }
            });
        }

        return wait.Task;
    }

    /// <summary>A step begins: its time is the code's time.</summary>
    public void Begin(DateTimeOffset at) => _now = at;

    public void Start(string version, byte[] input)
    {
        _version = version;
        _input = input;
    }

    /// <summary>An ask has got its number; its result may come from now on.</summary>
    public void Number(TaskAsk ask, int taskId)
    {
        ask.TaskId = taskId;
        _open.Add(taskId, ask);
    }

    /// <summary>A timer was cancelled by the code, and history knows.</summary>
    public void Forget(int taskId) => _open.Remove(taskId);

    public void Complete(ActivityCompleted completed)
    {
        if (_open.Remove(completed.TaskId, out var ask))
            ((ActivityAsk)ask).Complete(completed.Result.Json);
    }

    public void Fail(ActivityFailed failed)
    {
        if (_open.Remove(failed.TaskId, out var ask))
        {
            var activity = (ActivityAsk)ask;
            activity.Fail(new TaskFailedException(activity.Name, failed.TaskId, failed.Attempt, failed.Failure));
        }
    }

    public void Fire(TimerFired fired)
    {
        if (_open.Remove(fired.TaskId, out var ask))
            ((TimerAsk)ask).Fire();
    }

    public void Raise(ExternalEventRaised raised)
    {
        if (_waits.TryGetValue(raised.Name, out var waits) && waits.First is { } first)
        {
            waits.RemoveFirst();
            first.Value.Complete(raised.Input.Json!);
            return;
        }

        if (!_raised.TryGetValue(raised.Name, out var queue))
            _raised.Add(raised.Name, queue = new Queue<byte[]>());
        queue.Enqueue(raised.Input.Json!);
    }

    private void RequireOwnThread()
    {
        if (!thread.IsCurrent())
        {
            throw new InvalidOperationException(
                "The orchestration context was used outside the orchestrator's own run. An orchestrator awaits only what its "
                + "context gives it; I/O, delays and threads belong in activities.");
        }
    }

    private abstract class EventWait
    {
        public abstract void Complete(byte[] json);
    }

    private sealed class EventWait<T>(Func<byte[], T> read) : EventWait
    {
        private readonly TaskCompletionSource<T> _raised = new();

        public Task<T> Task => _raised.Task;

        public override void Complete(byte[] json)
        {
            try
            {
                _raised.SetResult(read(json));
            }
#pragma warning disable CA1031 // An event that does not fit its type is the orchestrator's failure: it sees it where it awaits.
            catch (Exception mismatch)
#pragma warning restore CA1031
            {
                _raised.SetException(mismatch);
            }
        }

        public void Cancel(CancellationToken cancellationToken) => _raised.TrySetCanceled(cancellationToken);
    }
}
