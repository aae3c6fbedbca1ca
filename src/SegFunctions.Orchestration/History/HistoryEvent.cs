using System.Text.Json.Serialization;

namespace SegFunctions.Orchestration.History;

/// <summary>One thing that happened to an instance. History is append-only; a rewind appends too.</summary>
/// <remarks>
/// Within a step each event that reached the code stands before what the code asked for because of it, so a replay can
/// check not only what was asked but when. The README of this folder lists all events.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(StepBegan), "stepBegan")]
[JsonDerivedType(typeof(OrchestrationStarted), "started")]
[JsonDerivedType(typeof(ActivityScheduled), "activityScheduled")]
[JsonDerivedType(typeof(ActivityCompleted), "activityCompleted")]
[JsonDerivedType(typeof(ActivityFailed), "activityFailed")]
[JsonDerivedType(typeof(ActivityRestarted), "activityRestarted")]
[JsonDerivedType(typeof(TimerCreated), "timerCreated")]
[JsonDerivedType(typeof(TimerFired), "timerFired")]
[JsonDerivedType(typeof(TimerCanceled), "timerCanceled")]
[JsonDerivedType(typeof(ExternalEventRaised), "externalEventRaised")]
[JsonDerivedType(typeof(OrchestrationCompleted), "completed")]
[JsonDerivedType(typeof(OrchestrationRewound), "rewound")]
[JsonDerivedType(typeof(Redelivered), "redelivered")]
public abstract record HistoryEvent;

/// <summary>A step began; its time is what the code sees as the current time.</summary>
public sealed record StepBegan(DateTimeOffset At) : HistoryEvent;

/// <summary>The instance took its first step, with the version that the orchestrator had then.</summary>
public sealed record OrchestrationStarted(string Name, string Version, Payload Input) : HistoryEvent;

/// <summary>The code called an activity; attempt 1 is on its way.</summary>
public sealed record ActivityScheduled(int TaskId, string Name, Payload Input, RetryPolicy? Retry) : HistoryEvent;

public sealed record ActivityCompleted(int TaskId, int Attempt, Payload Result) : HistoryEvent;

/// <summary>An attempt failed. With <paramref name="RetryAt"/> a durable timer starts the next one, and the code sees nothing.</summary>
public sealed record ActivityFailed(int TaskId, int Attempt, FailureDetails Failure, DateTimeOffset? RetryAt) : HistoryEvent;

/// <summary>A further attempt is on its way: its retry timer fired, or the instance was rewound.</summary>
/// <param name="Rewound">The retry policy counts anew from here.</param>
public sealed record ActivityRestarted(int TaskId, int Attempt, bool Rewound) : HistoryEvent;

public sealed record TimerCreated(int TaskId, DateTimeOffset FireAt) : HistoryEvent;

public sealed record TimerFired(int TaskId) : HistoryEvent;

public sealed record TimerCanceled(int TaskId) : HistoryEvent;

/// <param name="Key">Names the request; one that is delivered twice is recognised by it.</param>
public sealed record ExternalEventRaised(string Key, string Name, Payload Input) : HistoryEvent;

/// <summary>The instance finished. Events behind it in the same step came too late to reach the code.</summary>
/// <param name="Output">What the orchestrator returned, or the reason of a termination as a JSON string.</param>
/// <param name="Failure">What it failed with.</param>
public sealed record OrchestrationCompleted(OrchestrationStatus Status, Payload? Output, FailureDetails? Failure) : HistoryEvent;

/// <summary>A failed instance was set back: of the events from number <paramref name="Cut"/> on none counts any more.</summary>
/// <param name="Key">Names the request.</param>
/// <param name="Cut">Number, over all steps and from 0, of the first event that is void.</param>
public sealed record OrchestrationRewound(string Key, string Reason, int Cut) : HistoryEvent;

/// <summary>The event of that number became void by a rewind but is still true, so it reached the code again.</summary>
public sealed record Redelivered(int Index) : HistoryEvent;
