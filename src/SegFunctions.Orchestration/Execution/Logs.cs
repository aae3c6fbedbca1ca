using Microsoft.Extensions.Logging;

namespace SegFunctions.Orchestration.Execution;

internal static partial class StepLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "Instance {InstanceId}: step {Step} committed with {Events} events and {Messages} messages; {Status}")]
    public static partial void Committed(ILogger logger, string instanceId, int step, int events, int messages, OrchestrationStatus status);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "Instance {InstanceId}: somebody else took the step; looking again")]
    public static partial void RaceLost(ILogger logger, string instanceId);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "Instance {InstanceId}: {Messages} activity messages are sent again, because nobody noted that they had left")]
    public static partial void Resent(ILogger logger, string instanceId, int messages);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Error, Message = "Instance {InstanceId}: its step was delivered as often as allowed; if anything waits for it, the instance fails, and can be rewound")]
    public static partial void Poisoned(ILogger logger, string instanceId);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Error, Message = "Instance {InstanceId}: its history is in format {Found}, which this build cannot read; it waits for a newer build")]
    public static partial void Unreadable(ILogger logger, string instanceId, int found);
}

internal static partial class ActivityLog
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Debug, Message = "Activity {Activity} of instance {InstanceId} (task {TaskId}, attempt {Attempt}): nobody waits for it any more; its message is dropped")]
    public static partial void Dropped(ILogger logger, string activity, string instanceId, int taskId, int attempt);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "Activity {Activity} of instance {InstanceId} (task {TaskId}, attempt {Attempt}) failed with {ExceptionType}")]
    public static partial void Failed(ILogger logger, string activity, string instanceId, int taskId, int attempt, string exceptionType);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Error, Message = "Activity {Activity} of instance {InstanceId} (task {TaskId}, attempt {Attempt}): its message was delivered as often as allowed; the attempt fails")]
    public static partial void Poisoned(ILogger logger, string activity, string instanceId, int taskId, int attempt);
}

internal static partial class RecoveryLog
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "Recovery: {Woken} instances woken, {Resent} instances' messages sent again, {Purged} deletions finished, {Orphans} orphaned payloads deleted")]
    public static partial void Finished(ILogger logger, int woken, int resent, int purged, int orphans);
}
