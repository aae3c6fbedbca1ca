using Microsoft.Extensions.Logging;
using SegFunctions.Orchestration.Execution;
using SegFunctions.Orchestration.Messages;
using SegFunctions.Orchestration.State;

namespace SegFunctions.Orchestration;

/// <summary>Runs orchestrations: what the functions on the engine's two queues and on its timer call.</summary>
/// <remarks>
/// <para>
/// Guarantees. Activities run at least once; each result enters history exactly once. A process killed at any instruction
/// loses nothing: state changes in one transaction per step, and everything else is either done before it and found again,
/// or done after it and repeated. Any number of processes may work on the same instances; of two that take the same step
/// one loses, and looks again.
/// </para>
/// <para>
/// The host owns the queues: it delivers each message at least once, gives back those whose handler threw, and calls the
/// poison handlers for those that came back too often. Call <see cref="RecoverAsync"/> at the start of the process and
/// every minute or so.
/// </para>
/// </remarks>
public sealed class OrchestrationEngine
{
    private readonly InstanceStore _store;
    private readonly StepRunner _steps;
    private readonly ActivityRunner _activities;
    private readonly Recovery _recovery;
    private readonly ILogger _logger;

    /// <exception cref="ArgumentException">The options are not usable; the message lists every fault.</exception>
    public OrchestrationEngine(
        OrchestrationStorage storage,
        OrchestrationRegistry registry,
        OrchestrationOptions options,
        TimeProvider time,
        ILogger<OrchestrationEngine> logger)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(logger);
        _store = new InstanceStore(storage, options, time);
        _steps = new StepRunner(_store, registry, logger);
        _activities = new ActivityRunner(_store, registry, logger);
        _recovery = new Recovery(_store, _steps, logger);
        _logger = logger;
    }

    /// <summary>Handles a message of <see cref="OrchestrationOptions.StepQueue"/>: takes the instance's next step, if there is one.</summary>
    /// <exception cref="HistoryFormatException">A newer build wrote the instance; the message should come back to one.</exception>
    /// <exception cref="InvalidDataException">It is no message of this engine.</exception>
    public async Task HandleStepMessageAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var message = Message.ReadStep(body);
        await _store.EnsureCreatedAsync(cancellationToken);
        await _steps.RunAsync(message, cancellationToken);
    }

    /// <summary>Handles a message of <see cref="OrchestrationOptions.ActivityQueue"/>: runs the activity and keeps its result.</summary>
    /// <exception cref="OperationCanceledException">The token fired; the activity has not failed, its message comes back.</exception>
    /// <exception cref="InvalidDataException">It is no message of this engine.</exception>
    public async Task HandleActivityMessageAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var message = Message.ReadActivity(body);
        await _store.EnsureCreatedAsync(cancellationToken);
        await _activities.RunAsync(message, cancellationToken);
    }

    /// <summary>
    /// Handles an activity's message that came back as often as allowed, as it does when the process dies on it each time:
    /// the attempt fails with that reason, and its retry policy applies.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no message of this engine.</exception>
    public async Task HandlePoisonedActivityAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var message = Message.ReadActivity(body);
        await _store.EnsureCreatedAsync(cancellationToken);
        ActivityLog.Poisoned(_logger, message.Name, message.InstanceId, message.TaskId, message.Attempt);
        await _activities.AbandonAsync(
            message,
            new FailureDetails(
                FailureDetails.Poisoned,
                $"The message of activity '{message.Name}' was delivered as often as allowed without an answer: the process "
                + "died, was stopped or ran out of time each time. Look at its logs and memory around the attempts."),
            cancellationToken);
    }

    /// <summary>
    /// Handles a step's message that came back as often as allowed: if the instance still has something to do, it fails with
    /// that reason, keeping what waits for it, and can be rewound. One that a newer build wrote is left alone.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no message of this engine.</exception>
    public async Task HandlePoisonedStepAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var message = Message.ReadStep(body);
        await _store.EnsureCreatedAsync(cancellationToken);
        StepLog.Poisoned(_logger, message.InstanceId);
        try
        {
            await _steps.AbandonAsync(
                message.InstanceId,
                new FailureDetails(
                    FailureDetails.Poisoned,
                    "A step of the instance was delivered as often as allowed and could not be taken: the process died, was "
                    + "stopped or threw each time. Look at its logs, and rewind the instance."),
                cancellationToken);
        }
        catch (HistoryFormatException newer)
        {
            StepLog.Unreadable(_logger, message.InstanceId, newer.Found);
        }
    }

    /// <summary>
    /// Sends lost messages again, fires overdue timers, wakes instances that have something waiting, finishes deletions, and
    /// deletes payloads that belong to nothing. Harmless at any time and from several processes at once; reads the rows of
    /// all instances under way and the names of all payloads.
    /// </summary>
    public async Task<RecoveryReport> RecoverAsync(CancellationToken cancellationToken)
    {
        await _store.EnsureCreatedAsync(cancellationToken);
        return await _recovery.RunAsync(cancellationToken);
    }
}
