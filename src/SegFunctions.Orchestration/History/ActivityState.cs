namespace SegFunctions.Orchestration.History;

/// <summary>One call of an activity and where its attempts stand.</summary>
internal sealed class ActivityState(ActivityScheduled scheduled, DateTimeOffset calledAt)
{
    private DateTimeOffset _calledAt = calledAt;
    private int _firstAttempt = 1;

    public ActivityScheduled Scheduled { get; } = scheduled;

    /// <summary>The attempt that runs, or the last that did.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>When the next attempt begins; null while one runs.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    public bool IsDone { get; private set; }

    public bool IsRunning => !IsDone && RetryAt is null;

    public DateTimeOffset? RetryAfterFailure(DateTimeOffset now) =>
        Scheduled.Retry?.NextAttemptAt(_calledAt, now, Attempt - _firstAttempt + 1);

    public void Complete()
    {
        IsDone = true;
        RetryAt = null;
    }

    public void Fail(DateTimeOffset? retryAt)
    {
        IsDone = retryAt is null;
        RetryAt = retryAt;
    }

    public void Restart(ActivityRestarted restarted, DateTimeOffset now)
    {
        IsDone = false;
        RetryAt = null;
        Attempt = restarted.Attempt;
        if (restarted.Rewound)
        {
            _firstAttempt = restarted.Attempt;
            _calledAt = now;
        }
    }
}
