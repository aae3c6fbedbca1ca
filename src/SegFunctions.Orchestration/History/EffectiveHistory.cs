namespace SegFunctions.Orchestration.History;

/// <summary>An event with its place: number over all steps from 0, and the step that holds it.</summary>
internal readonly record struct HistoryEntry(int Index, int Step, HistoryEvent Event);

/// <summary>
/// What of an instance's history counts: all events, less those that rewinds have made void, plus what follows from them
/// (which activities and timers are open, which requests have been taken).
/// </summary>
internal sealed class EffectiveHistory
{
    private readonly List<HistoryEvent> _raw = [];
    private readonly List<HistoryEntry> _entries = [];
    private readonly Dictionary<int, ActivityState> _activities = [];
    private readonly SortedDictionary<int, DateTimeOffset> _timers = [];
    private readonly HashSet<string> _requests = new(StringComparer.Ordinal);
    private readonly HashSet<(int TaskId, int Attempt)> _results = [];
    private readonly Dictionary<int, int> _lastAttempts = [];
    private DateTimeOffset _now;

    /// <summary>Events that count, in order; a redelivered one stands at its new place.</summary>
    public IReadOnlyList<HistoryEntry> Entries => _entries;

    /// <summary>Events in all, void ones included.</summary>
    public int Count => _raw.Count;

    /// <summary>Numbers are never given twice, not even after a rewind: a late result of a void task finds no task.</summary>
    public int NextTaskId { get; private set; }

    public int Steps { get; private set; }

    /// <summary>Activities that have no final result, by task id.</summary>
    public IEnumerable<ActivityState> OpenActivities => _activities.Values.Where(activity => !activity.IsDone);

    public IReadOnlyDictionary<int, DateTimeOffset> OpenTimers => _timers;

    /// <summary>Null before the first step.</summary>
    public OrchestrationStarted? Started { get; private set; }

    /// <summary>How the instance finished, or null while it has not.</summary>
    public OrchestrationCompleted? End { get; private set; }

    public bool IsFinished => End is not null;

    public static EffectiveHistory From(IEnumerable<HistoryEvent> events)
    {
        var history = new EffectiveHistory();
        foreach (var happened in events)
            history.Append(happened);
        return history;
    }

    public HistoryEvent this[int index] => _raw[index];

    public bool HasTaken(string request) => _requests.Contains(request);

    public ActivityState? FindActivity(int taskId) => _activities.GetValueOrDefault(taskId);

    /// <summary>Whether a result of this attempt would still be news.</summary>
    public bool Awaits(int taskId, int attempt) =>
        _activities.TryGetValue(taskId, out var activity) && activity.IsRunning && activity.Attempt == attempt;

    /// <summary>Whether any timer or retry is due by then.</summary>
    public bool HasDue(DateTimeOffset now) => NextTimer() <= now;

    /// <summary>The earliest moment at which a timer or a retry is due.</summary>
    public DateTimeOffset? NextTimer()
    {
        DateTimeOffset? next = null;
        foreach (var fireAt in _timers.Values)
            next = next < fireAt ? next : fireAt;
        foreach (var activity in OpenActivities)
        {
            if (activity.RetryAt is { } retryAt)
                next = next < retryAt ? next : retryAt;
        }

        return next;
    }

    public void Append(HistoryEvent happened)
    {
        var index = _raw.Count;
        _raw.Add(happened);
        switch (happened)
        {
            case StepBegan:
                Steps++;
                break;
            case OrchestrationStarted started:
                Started = started;
                break;
            case ActivityScheduled scheduled:
                NextTaskId = Math.Max(NextTaskId, scheduled.TaskId + 1);
                _lastAttempts[scheduled.TaskId] = 1;
                break;
            case TimerCreated timer:
                NextTaskId = Math.Max(NextTaskId, timer.TaskId + 1);
                break;
            case ActivityRestarted restarted:
                _lastAttempts[restarted.TaskId] = restarted.Attempt;
                break;
            case ActivityCompleted completed:
                _results.Add((completed.TaskId, completed.Attempt));
                break;
            case ActivityFailed failed:
                _results.Add((failed.TaskId, failed.Attempt));
                break;
            case ExternalEventRaised raised:
                _requests.Add(raised.Key);
                break;
            case OrchestrationRewound rewound:
                _requests.Add(rewound.Key);
                CutAt(rewound.Cut, index);
                break;
        }

        var entry = new HistoryEntry(index, Steps - 1, happened is Redelivered again ? _raw[again.Index] : happened);
        _entries.Add(entry);
        Follow(entry.Event);
    }

    /// <summary>How a failed instance is set back; null when it has not failed.</summary>
    /// <remarks>
    /// Void are the failures of activities and the completion. The code may have acted on the first of them, so all it asked
    /// for from there on is void as well; results of what it had asked for before, and external events, stay true and are
    /// delivered again.
    /// </remarks>
    public RewindPlan? PlanRewind()
    {
        if (End is not { Status: OrchestrationStatus.Failed })
            return null;
        var first = _entries.FindIndex(entry => entry.Event is ActivityFailed { RetryAt: null } or OrchestrationCompleted);
        var kept = new HashSet<int>();
        foreach (var entry in _entries.Take(first))
        {
            if (entry.Event is ActivityScheduled scheduled)
                kept.Add(scheduled.TaskId);
            else if (entry.Event is TimerCreated timer)
                kept.Add(timer.TaskId);
        }

        var again = new List<int>();
        foreach (var entry in _entries.Skip(first))
        {
            var isTrue = entry.Event switch
            {
                ActivityCompleted completed => kept.Contains(completed.TaskId),
                TimerFired fired => kept.Contains(fired.TaskId),
                ExternalEventRaised => true,
                _ => false,
            };
            if (isTrue)
                again.Add(_raw[entry.Index] is Redelivered redelivered ? redelivered.Index : entry.Index);
        }

        return new RewindPlan(_entries[first].Index, again);
    }

    /// <summary>The number of an activity's next attempt: higher than that of any before, void ones included.</summary>
    public int NextAttempt(ActivityState activity) => _lastAttempts[activity.Scheduled.TaskId] + 1;

    /// <summary>After a rewind: the attempt with which an open activity goes on; one that is still running goes on itself.</summary>
    public int AttemptAfterRewind(ActivityState activity) =>
        _results.Contains((activity.Scheduled.TaskId, activity.Attempt)) ? NextAttempt(activity) : activity.Attempt;

    private void CutAt(int cut, int rewind)
    {
        // The step that rewinds begins with two events: its beginning, which counts, and the rewind.
        _entries.RemoveAll(entry => entry.Index >= cut && entry.Index < rewind - 1);
        _activities.Clear();
        _timers.Clear();
        End = null;
        foreach (var entry in _entries)
            Follow(entry.Event);
    }

    private void Follow(HistoryEvent happened)
    {
        switch (happened)
        {
            case StepBegan began:
                _now = began.At;
                break;
            case ActivityScheduled scheduled:
                _activities.Add(scheduled.TaskId, new ActivityState(scheduled, _now));
                break;
            case ActivityCompleted done:
                _activities.GetValueOrDefault(done.TaskId)?.Complete();
                break;
            case ActivityFailed failed:
                _activities.GetValueOrDefault(failed.TaskId)?.Fail(failed.RetryAt);
                break;
            case ActivityRestarted restarted:
                _activities.GetValueOrDefault(restarted.TaskId)?.Restart(restarted, _now);
                break;
            case TimerCreated timer:
                _timers.Add(timer.TaskId, timer.FireAt);
                break;
            case TimerFired fired:
                _timers.Remove(fired.TaskId);
                break;
            case TimerCanceled canceled:
                _timers.Remove(canceled.TaskId);
                break;
            case OrchestrationCompleted completed:
                End = completed;
                break;
        }
    }
}

/// <param name="Cut">Number of the first void event.</param>
/// <param name="Again">Numbers of the events that are delivered again, in order.</param>
internal sealed record RewindPlan(int Cut, IReadOnlyList<int> Again);
