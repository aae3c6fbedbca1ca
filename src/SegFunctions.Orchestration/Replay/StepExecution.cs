using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Serialization;

namespace SegFunctions.Orchestration.Replay;

/// <summary>
/// One step of an instance: replays what counts of its history, delivers what is new, and returns the events to append.
/// Pure: no I/O, no clock.
/// </summary>
internal sealed class StepExecution
{
    private readonly EffectiveHistory _history;
    private readonly OrchestratorRegistration? _orchestrator;
    private readonly PayloadSerializer _serializer;
    private readonly OrchestratorThread _thread = new();
    private readonly ReplayContext _context;
    private readonly StepInput _input;
    private readonly List<HistoryEvent> _new = [];
    private Task<byte[]>? _main;
    private bool _completionAsked;
    private FailureDetails? _fault;

    private StepExecution(
        EffectiveHistory history, OrchestratorRegistration? orchestrator, StepInput input, PayloadSerializer serializer)
    {
        _history = history;
        _orchestrator = orchestrator;
        _serializer = serializer;
        _input = input;
        _context = new ReplayContext(input.InstanceId, input.ExecutionId, input.Name, serializer, _thread);
    }

    /// <param name="history">What has happened so far; the new events are appended to it.</param>
    /// <param name="orchestrator">Null when no orchestrator of the instance's name is registered, which fails it.</param>
    /// <param name="incoming">
    /// What is new, in order; what history has already taken is passed over. Timers that are due come behind it.
    /// </param>
    /// <param name="abandoned">Fails the instance with this reason without running its code; what is new is kept all the same.</param>
    public static StepOutcome Run(
        EffectiveHistory history,
        OrchestratorRegistration? orchestrator,
        StepInput input,
        IReadOnlyList<Incoming> incoming,
        PayloadSerializer serializer,
        FailureDetails? abandoned = null)
    {
        var execution = new StepExecution(history, orchestrator, input, serializer) { _fault = abandoned };
        try
        {
            return execution.Run(incoming);
        }
        finally
        {
            execution._thread.Close();
        }
    }

    private StepOutcome Run(IReadOnlyList<Incoming> incoming)
    {
        var rewind = incoming.OfType<RewindRequest>().FirstOrDefault(request => !_history.HasTaken(request.Key));
        var plan = rewind is null ? null : _history.PlanRewind();

        ReplayHistory(plan?.Cut ?? int.MaxValue);
        _context.IsLive = true;
        if (plan is null && _fault is null && _context.Asked.TryPeek(out var unexpected))
            BreakDeterminism(_history.Steps - 1, $"ends there, but the code asked for {unexpected}");

        Append(new StepBegan(_input.Now));
        _context.Begin(_input.Now);
        if (plan is not null)
            Rewind(rewind!, plan);
        else if (_history.Steps == 1)
            Start();
        EndIfFaulty();

        foreach (var one in incoming)
            Take(one);
        TakeTimers();
        EndStep();
        return new StepOutcome(_new, _context.CustomStatus);
    }

    private void ReplayHistory(int cut)
    {
        foreach (var entry in _history.Entries)
        {
            if (entry.Index >= cut || _fault is not null)
                return;
            Replay(entry);
        }
    }

    private void Replay(HistoryEntry entry)
    {
        switch (entry.Event)
        {
            case StepBegan began:
                _context.Begin(began.At);
                break;
            case OrchestrationRewound or ActivityRestarted or ActivityFailed { RetryAt: not null } or OrchestrationCompleted:
                break;
            case ActivityScheduled or TimerCreated or TimerCanceled:
                if (!_context.Asked.TryDequeue(out var asked))
                    BreakDeterminism(entry.Step, $"has {Describe(entry.Event)}, but the code asked for nothing");
                else if (!asked.Matches(entry.Event))
                    BreakDeterminism(entry.Step, $"has {Describe(entry.Event)}, but the code asked for {asked}");
                else
                    Accept(asked, entry.Event);
                break;
            default:
                if (_context.Asked.TryPeek(out var early))
                    BreakDeterminism(entry.Step, $"has {Describe(entry.Event)}, but the code asked for {early}");
                else
                    Deliver(entry.Event);
                break;
        }
    }

    private void Accept(Ask asked, HistoryEvent happened)
    {
        switch (happened)
        {
            case ActivityScheduled scheduled:
                _context.Number((TaskAsk)asked, scheduled.TaskId);
                break;
            case TimerCreated timer:
                _context.Number((TaskAsk)asked, timer.TaskId);
                break;
            case TimerCanceled canceled:
                _context.Forget(canceled.TaskId);
                break;
        }
    }

    private void Start()
    {
        var started = new OrchestrationStarted(_input.Name, _input.Version ?? _orchestrator?.Version ?? "", _input.Input);
        Append(started);
        if (_fault is null)
            Deliver(started);
        AppendAsks();
    }

    private void Rewind(RewindRequest request, RewindPlan plan)
    {
        Append(new OrchestrationRewound(request.Key, request.Reason, plan.Cut));
        EndIfFaulty();
        if (!_history.IsFinished)
        {
            foreach (var activity in _history.OpenActivities.ToList())
                Append(new ActivityRestarted(activity.Scheduled.TaskId, _history.AttemptAfterRewind(activity), Rewound: true));
            AppendAsks();
        }

        foreach (var index in plan.Again)
        {
            Append(new Redelivered(index));
            DeliverLive(_history[index]);
        }
    }

    private void Take(Incoming incoming)
    {
        switch (incoming)
        {
            case ActivityResult { Result: { } result } success when _history.Awaits(success.TaskId, success.Attempt):
                AppendAndDeliver(new ActivityCompleted(success.TaskId, success.Attempt, Payload.Inline(result)));
                break;
            case ActivityResult { Failure: { } failure } failed when _history.Awaits(failed.TaskId, failed.Attempt):
                var retryAt = _history.IsFinished ? null : _history.FindActivity(failed.TaskId)!.RetryAfterFailure(_input.Now);
                AppendAndDeliver(new ActivityFailed(failed.TaskId, failed.Attempt, failure, retryAt));
                break;
            case EventRequest raised when !_history.HasTaken(raised.Key):
                AppendAndDeliver(new ExternalEventRaised(raised.Key, raised.Name, Payload.Inline(raised.Json)));
                break;
            case TerminateRequest terminate when !_history.IsFinished:
                Append(new OrchestrationCompleted(
                    OrchestrationStatus.Terminated, Payload.Inline(_serializer.WriteObject(terminate.Reason)), Failure: null));
                break;
        }
    }

    private void TakeTimers()
    {
        while (!_history.IsFinished)
        {
            var due = _history.OpenTimers
                .Where(timer => timer.Value <= _input.Now)
                .OrderBy(timer => timer.Value)
                .ThenBy(timer => timer.Key)
                .Select(timer => (int?)timer.Key)
                .FirstOrDefault();
            if (due is null)
                break;
            AppendAndDeliver(new TimerFired(due.Value));
        }

        if (_history.IsFinished)
            return;
        foreach (var activity in _history.OpenActivities.Where(open => open.RetryAt <= _input.Now).ToList())
            Append(new ActivityRestarted(activity.Scheduled.TaskId, _history.NextAttempt(activity), Rewound: false));
    }

    private void EndStep()
    {
        if (_history.IsFinished)
            return;
        if (!_context.AwaitsSomething)
        {
            _fault = new FailureDetails(
                FailureDetails.NonDurableAwait,
                $"Orchestrator '{_input.Name}' waits, but for nothing that its context gave it: no activity, timer or external "
                + "event is open. An orchestrator awaits only what its context gives it; I/O, delays and threads belong in activities.");
        }

        EndIfFaulty();
    }

    /// <summary>The fault takes its place where it was noticed, before whatever was not delivered because of it.</summary>
    private void EndIfFaulty()
    {
        if (_fault is not null && !_history.IsFinished)
            Append(new OrchestrationCompleted(OrchestrationStatus.Failed, Output: null, _fault));
    }

    private void AppendAndDeliver(HistoryEvent happened)
    {
        Append(happened);
        if (happened is not ActivityFailed { RetryAt: not null })
            DeliverLive(happened);
    }

    private void DeliverLive(HistoryEvent happened)
    {
        // Behind the end an event is kept, so that a rewind finds it, but nobody is there to see it.
        if (_history.IsFinished)
            return;
        Deliver(happened);
        AppendAsks();
        EndIfFaulty();
    }

    private void Deliver(HistoryEvent happened)
    {
        try
        {
            _thread.Run(() =>
            {
                switch (happened)
                {
                    case OrchestrationStarted started:
                        StartCode(started);
                        break;
                    case ActivityCompleted completed:
                        _context.Complete(completed);
                        break;
                    case ActivityFailed failed:
                        _context.Fail(failed);
                        break;
                    case TimerFired fired:
                        _context.Fire(fired);
                        break;
                    case ExternalEventRaised raised:
                        _context.Raise(raised);
                        break;
                }
            });
        }
#pragma warning disable CA1031 // Whatever the code throws outside its task (async void) is its failure, not the engine's.
        catch (Exception stray)
#pragma warning restore CA1031
        {
            _fault ??= FailureDetails.From(stray);
        }

        if (_thread.WasLeft)
        {
            _fault ??= new FailureDetails(
                FailureDetails.NonDurableAwait,
                $"Orchestrator '{_input.Name}' went on in another thread: it awaited something that its context did not give "
                + "it (Task.Delay, Task.Run, I/O). An orchestrator awaits only what its context gives it; the rest belongs in activities.");
        }

        AskForCompletion();
    }

    private void StartCode(OrchestrationStarted started)
    {
        if (_orchestrator is null)
        {
            _fault = new FailureDetails(
                FailureDetails.NotRegistered,
                $"No orchestrator named '{_input.Name}' is registered in this process. Register it, and rewind the instance.");
            return;
        }

        _context.Start(started.Version, _input.InputJson);
        SynchronizationContext.SetSynchronizationContext(_thread);
        _main = _orchestrator.Run(_context, _serializer);
    }

    private void AskForCompletion()
    {
        if (_completionAsked || _main is not { IsCompleted: true } || _fault is not null)
            return;
        _completionAsked = true;
        try
        {
            _context.Asked.Enqueue(new CompletionAsk(_main.GetAwaiter().GetResult(), failure: null));
        }
#pragma warning disable CA1031 // The code's exception becomes the instance's failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _context.Asked.Enqueue(new CompletionAsk(output: null, FailureDetails.From(exception)));
        }
    }

    private void AppendAsks()
    {
        while (_fault is null && _context.Asked.TryDequeue(out var asked))
        {
            HistoryEvent happened = asked switch
            {
                ActivityAsk activity => new ActivityScheduled(
                    _history.NextTaskId, activity.Name, _input.PlaceInput(_history.NextTaskId, activity.Input), activity.Retry),
                TimerAsk timer => new TimerCreated(_history.NextTaskId, timer.FireAt),
                CancelAsk cancel => new TimerCanceled(cancel.Timer.TaskId!.Value),
                CompletionAsk { Failure: { } failure } => new OrchestrationCompleted(OrchestrationStatus.Failed, Output: null, failure),
                CompletionAsk completion => new OrchestrationCompleted(
                    OrchestrationStatus.Completed, Payload.Inline(completion.Output!), Failure: null),
                _ => throw new InvalidOperationException($"Nobody knows how to write {asked} into history."),
            };
            Append(happened);
            Accept(asked, happened);
        }
    }

    private void Append(HistoryEvent happened)
    {
        _new.Add(happened);
        _history.Append(happened);
    }

    private void BreakDeterminism(int step, string difference) =>
        _fault ??= new FailureDetails(
            FailureDetails.NonDeterministic,
            $"Orchestrator '{_input.Name}' does not replay: in step {step} history {difference}. The code has changed, or it "
            + "depends on something outside its context (time, random numbers, static state). Restore the code that history "
            + "was made with, or branch on context.Version, and rewind the instance.");

    private static string Describe(HistoryEvent happened) => happened switch
    {
        OrchestrationStarted => "the start",
        ActivityScheduled scheduled => $"activity '{scheduled.Name}' (task {scheduled.TaskId})",
        ActivityCompleted completed => $"the result of task {completed.TaskId} next",
        ActivityFailed failed => $"the failure of task {failed.TaskId} next",
        TimerCreated timer => $"a timer at {timer.FireAt:O} (task {timer.TaskId})",
        TimerCanceled canceled => $"the end of timer {canceled.TaskId}",
        TimerFired fired => $"timer {fired.TaskId} firing next",
        ExternalEventRaised raised => $"the external event '{raised.Name}' next",
        _ => happened.GetType().Name,
    };
}

/// <summary>What a step is given besides history.</summary>
internal sealed record StepInput
{
    public required string InstanceId { get; init; }

    public required string ExecutionId { get; init; }

    public required string Name { get; init; }

    /// <summary>Version that was asked for when the instance was scheduled; null takes the registered one.</summary>
    public string? Version { get; init; }

    /// <summary>The instance's input as history keeps it.</summary>
    public required Payload Input { get; init; }

    /// <summary>The instance's input itself.</summary>
    public required byte[] InputJson { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Decides where the input of a newly called activity is kept.</summary>
    public required Func<int, byte[], Payload> PlaceInput { get; init; }
}

/// <param name="Events">To append to history, in order.</param>
/// <param name="CustomStatus">As the code last set it, in JSON; null when it never did.</param>
internal sealed record StepOutcome(IReadOnlyList<HistoryEvent> Events, byte[]? CustomStatus);
