namespace SegFunctions.Orchestration;

/// <summary>A failure as data: what is kept of an exception when it crosses into history.</summary>
/// <param name="Type">Full name of the exception's type, or one of the constants here.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="Stack">Stack trace for operators; null where the engine itself is the source.</param>
/// <param name="Inner">The exception's inner exception.</param>
public sealed record FailureDetails(string Type, string Message, string? Stack = null, FailureDetails? Inner = null)
{
    /// <summary>A replay asked for something else than history has.</summary>
    public const string NonDeterministic = "NonDeterministicOrchestration";

    /// <summary>The orchestrator awaited something that its context did not make.</summary>
    public const string NonDurableAwait = "NonDurableAwait";

    /// <summary>No orchestrator or activity of that name is registered.</summary>
    public const string NotRegistered = "NotRegistered";

    /// <summary>The message was delivered as often as allowed, and each time the process died or gave up on it.</summary>
    public const string Poisoned = "Poisoned";

    /// <summary>A payload that history refers to has disappeared.</summary>
    public const string PayloadMissing = "PayloadMissing";

    public static FailureDetails From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new FailureDetails(
            exception.GetType().FullName ?? exception.GetType().Name,
            exception.Message,
            exception.StackTrace,
            exception.InnerException is { } inner ? From(inner) : null);
    }
}
