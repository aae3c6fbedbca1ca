namespace SegFunctions.Orchestration;

/// <summary>Which call of which orchestration an activity runs for.</summary>
/// <param name="Name">The name under which the activity is registered.</param>
/// <param name="TaskId">Number of the call within the instance; stays the same over attempts.</param>
/// <param name="Attempt">From 1; rises with every retry.</param>
/// <param name="IdempotencyKey">The same for every run and attempt of this call, and for no other call ever.</param>
public sealed record ActivityContext(string InstanceId, string Name, int TaskId, int Attempt, string IdempotencyKey);
