using System.Text.Json;
using SegFunctions.Orchestration.History;

namespace SegFunctions.Orchestration;

/// <summary>An instance as it stood when it was read.</summary>
public sealed record OrchestrationInstance
{
    public required string InstanceId { get; init; }

    /// <summary>Tells it from earlier and later instances of the same id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The orchestrator's registered name.</summary>
    public required string Name { get; init; }

    /// <summary>Empty before the first step, unless it was asked for.</summary>
    public required string Version { get; init; }

    public required OrchestrationStatus Status { get; init; }

    public required DateTimeOffset CreatedOn { get; init; }

    public required DateTimeOffset UpdatedOn { get; init; }

    /// <summary>When it finished, or null.</summary>
    public DateTimeOffset? CompletedOn { get; init; }

    /// <summary>Steps taken so far.</summary>
    public required int Steps { get; init; }

    /// <summary>Null when never set.</summary>
    public JsonElement? CustomStatus { get; init; }

    /// <summary>Null unless <see cref="InstanceParts.Payloads"/> was asked for.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>
    /// What the orchestrator returned, or the reason of a termination. Null while it is under way or when it failed, and
    /// unless <see cref="InstanceParts.Payloads"/> was asked for.
    /// </summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it failed. Null otherwise, and unless <see cref="InstanceParts.Payloads"/> was asked for.</summary>
    public FailureDetails? Failure { get; init; }

    /// <summary>Null unless <see cref="InstanceParts.History"/> was asked for.</summary>
    public IReadOnlyList<HistoryStep>? History { get; init; }
}

/// <summary>One step of an instance: what entered history in one commit.</summary>
/// <param name="Number">From 0.</param>
/// <param name="FirstIndex">Number of the first event over all steps, from 0; rewinds refer to it.</param>
public sealed record HistoryStep(int Number, int FirstIndex, int Format, DateTimeOffset At, IReadOnlyList<HistoryEvent> Events);

/// <summary>How much of an instance to read.</summary>
[Flags]
public enum InstanceParts
{
    /// <summary>Status and times.</summary>
    Summary = 0,

    /// <summary>Input, output and failure.</summary>
    Payloads = 1,

    /// <summary>Every event.</summary>
    History = 2,

    All = Payloads | History,
}
