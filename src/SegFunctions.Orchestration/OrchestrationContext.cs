namespace SegFunctions.Orchestration;

/// <summary>What an orchestrator works with: every effect and every wait goes through it.</summary>
/// <remarks>
/// <para>
/// An orchestrator is replayed from its beginning whenever something happens to its instance, and must ask for the same
/// things in the same order each time. So it takes the time, ids and outside data from here only, awaits only tasks that
/// this context made (or combinations of them, such as <see cref="Task.WhenAll(Task[])"/>), and does no I/O.
/// Awaiting anything else, and asking for something else than history has, fails the instance with a message that says so.
/// </para>
/// <para>
/// A replay compares the kind, name and order of what is asked, and the time of timers; it does not compare inputs of
/// activities, so that an input may gain a property while instances are under way.
/// </para>
/// <para>Payloads are for references and small values: pass the name of a blob rather than its content.</para>
/// </remarks>
public abstract class OrchestrationContext
{
    /// <summary>The instance's id, as it was chosen or made when the instance was scheduled.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The name under which the orchestrator is registered.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The version of the orchestrator when this instance took its first step. Code that has changed since asks here which
    /// way the instance went.
    /// </summary>
    public abstract string Version { get; }

    /// <summary>UTC time of the step that is being run or replayed: the same in every replay.</summary>
    public abstract DateTimeOffset CurrentUtcDateTime { get; }

    /// <summary>Whether the code runs through what has already happened. Write logs only when it is false.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>A new id that is the same in every replay (RFC 9562 version 8, from SHA-256 of instance and sequence).</summary>
    public abstract Guid NewGuid();

    /// <summary>Shows <paramref name="status"/> to whoever looks at the instance, from the end of this step on.</summary>
    /// <exception cref="ArgumentException">It is longer than 16 KiB as JSON.</exception>
    public abstract void SetCustomStatus(object? status);

    /// <summary>The input with which the instance was scheduled.</summary>
    public abstract T? GetInput<T>();

    /// <summary>Runs an activity, at least once; its result enters history exactly once.</summary>
    /// <param name="retry">How often and when to try again; null tries once.</param>
    /// <exception cref="TaskFailedException">The last attempt failed.</exception>
    public abstract Task<T> CallActivityAsync<T>(string name, object? input = null, RetryPolicy? retry = null);

    /// <inheritdoc cref="CallActivityAsync{T}"/>
    public Task CallActivityAsync(string name, object? input = null, RetryPolicy? retry = null) =>
        CallActivityAsync<object?>(name, input, retry);

    /// <summary>Completes at <paramref name="fireAt"/> or later, whatever happens to the process until then.</summary>
    /// <param name="cancellationToken">
    /// Cancels the timer; to be cancelled by orchestrator code only. Timers that nobody awaits any more should be cancelled.
    /// </param>
    public abstract Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken = default);

    /// <summary>Completes <paramref name="delay"/> after <see cref="CurrentUtcDateTime"/> or later.</summary>
    /// <inheritdoc cref="CreateTimerAsync(DateTimeOffset, CancellationToken)"/>
    public Task CreateTimerAsync(TimeSpan delay, CancellationToken cancellationToken = default) =>
        CreateTimerAsync(CurrentUtcDateTime + delay, cancellationToken);

    /// <summary>Completes with the next external event of that name (case does not matter), raised before or after.</summary>
    /// <remarks>Events wait until they are asked for; several waits for one name get their events in the order of waiting.</remarks>
    public abstract Task<T> WaitForExternalEventAsync<T>(string name, CancellationToken cancellationToken = default);

    /// <summary>As the wait without a limit, but gives up after <paramref name="timeout"/>.</summary>
    /// <exception cref="TaskCanceledException">No event came in time, or the token was cancelled.</exception>
    public async Task<T> WaitForExternalEventAsync<T>(
        string name, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var raised = WaitForExternalEventAsync<T>(name, ended.Token);
        if (raised.IsCompleted)
            return await raised;

        var timer = CreateTimerAsync(timeout, ended.Token);
        var first = await Task.WhenAny(raised, timer);

        // Not CancelAsync: its callbacks run on another thread, which an orchestrator must not leave its own for.
#pragma warning disable CA1849, MA0042
        ended.Cancel();
#pragma warning restore CA1849, MA0042
        if (first == raised)
            return await raised;
        cancellationToken.ThrowIfCancellationRequested();
        throw new TaskCanceledException($"The external event '{name}' was not raised within {timeout}.");
    }
}
