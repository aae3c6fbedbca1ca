namespace SegFunctions.Orchestration;

/// <summary>How an instance is scheduled.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The instance's id: 1 to 200 characters of any kind; null makes one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Version that the code sees; null takes the one registered when the first step is taken.</summary>
    public string? Version { get; init; }

    public ExistingInstance IfExists { get; init; } = ExistingInstance.Keep;
}

/// <summary>What to do when there is an instance of the id already.</summary>
public enum ExistingInstance
{
    /// <summary>Leave it and schedule nothing.</summary>
    Keep,

    /// <summary>Purge it if it has finished, and schedule the new one; leave it if it is under way.</summary>
    ReplaceFinished,
}

/// <param name="Scheduled">False when an instance of that id stood in the way.</param>
/// <param name="Existing">Where the instance that stood in the way stands.</param>
public sealed record ScheduleResult(string InstanceId, bool Scheduled, OrchestrationStatus? Existing = null);
