using SegFunctions.Orchestration.History;

namespace SegFunctions.Orchestration.Replay;

/// <summary>Something that the code asked for and that stands, or will stand, in history.</summary>
internal abstract class Ask
{
    /// <summary>What was asked, for people.</summary>
    public abstract override string ToString();

    /// <summary>Whether history has this very thing at this place.</summary>
    public abstract bool Matches(HistoryEvent happened);
}

/// <summary>An ask whose result arrives later, under a number that history gives.</summary>
internal abstract class TaskAsk : Ask
{
    /// <summary>Null until history has given a number.</summary>
    public int? TaskId { get; set; }
}

internal abstract class ActivityAsk(string name, byte[] input, RetryPolicy? retry) : TaskAsk
{
    public string Name { get; } = name;

    public byte[] Input { get; } = input;

    public RetryPolicy? Retry { get; } = retry;

    public override string ToString() => $"activity '{Name}'";

    public override bool Matches(HistoryEvent happened) => happened is ActivityScheduled scheduled && scheduled.Name == Name;

    public abstract void Complete(ReadOnlyMemory<byte> result);

    public abstract void Fail(TaskFailedException failure);
}

internal sealed class ActivityAsk<T>(string name, byte[] input, RetryPolicy? retry, Func<ReadOnlyMemory<byte>, T> read)
    : ActivityAsk(name, input, retry)
{
    private readonly TaskCompletionSource<T> _result = new();

    public Task<T> Task => _result.Task;

    public override void Complete(ReadOnlyMemory<byte> result)
    {
        try
        {
            _result.SetResult(read(result));
        }
#pragma warning disable CA1031 // A result that does not fit its type is the orchestrator's failure: it sees it where it awaits.
        catch (Exception mismatch)
#pragma warning restore CA1031
        {
            _result.SetException(mismatch);
        }
    }

    public override void Fail(TaskFailedException failure) => _result.SetException(failure);
}

internal sealed class TimerAsk(DateTimeOffset fireAt) : TaskAsk
{
    private readonly TaskCompletionSource _fired = new();

    public DateTimeOffset FireAt { get; } = fireAt;

    public Task Task => _fired.Task;

    public override string ToString() => $"a timer at {FireAt:O}";

    public override bool Matches(HistoryEvent happened) => happened is TimerCreated timer && timer.FireAt == FireAt;

    public void Fire() => _fired.TrySetResult();

    public bool Cancel(CancellationToken cancellationToken) => _fired.TrySetCanceled(cancellationToken);
}

internal sealed class CancelAsk(TimerAsk timer) : Ask
{
    public TimerAsk Timer { get; } = timer;

    public override string ToString() => $"the end of {Timer}";

    public override bool Matches(HistoryEvent happened) => happened is TimerCanceled canceled && canceled.TaskId == Timer.TaskId;
}

/// <summary>The code came to its end.</summary>
internal sealed class CompletionAsk(byte[]? output, FailureDetails? failure) : Ask
{
    public byte[]? Output { get; } = output;

    public FailureDetails? Failure { get; } = failure;

    public override string ToString() => Failure is null ? "its end" : $"its end with {Failure.Type}: {Failure.Message}";

    public override bool Matches(HistoryEvent happened) => false;
}
