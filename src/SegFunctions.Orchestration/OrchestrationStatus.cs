namespace SegFunctions.Orchestration;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationStatus
{
    /// <summary>Scheduled; its first step has not been taken.</summary>
    Pending,

    /// <summary>Under way, or waiting for activities, timers or events.</summary>
    Running,

    /// <summary>The orchestrator returned.</summary>
    Completed,

    /// <summary>The orchestrator threw, or broke a rule; it can be rewound.</summary>
    Failed,

    /// <summary>Somebody ended it.</summary>
    Terminated,
}

public static class OrchestrationStatusExtensions
{
    public static bool IsFinished(this OrchestrationStatus status) =>
        status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated;
}
