namespace SegFunctions.Orchestration;

/// <summary>An activity failed, retries included; thrown where the orchestrator awaits it.</summary>
public sealed class TaskFailedException(string taskName, int taskId, int attempts, FailureDetails failure)
    : Exception(
        attempts == 1
            ? $"Activity '{taskName}' (task {taskId}) failed: {failure.Type}: {failure.Message}"
            : $"Activity '{taskName}' (task {taskId}) failed on attempt {attempts}: {failure.Type}: {failure.Message}")
{
    public string TaskName { get; } = taskName;

    public int TaskId { get; } = taskId;

    /// <summary>What the last attempt failed with.</summary>
    public FailureDetails Failure { get; } = failure;
}
