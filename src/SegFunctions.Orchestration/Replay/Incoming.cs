namespace SegFunctions.Orchestration.Replay;

/// <summary>Something from outside that waits to enter history.</summary>
internal abstract record Incoming;

/// <param name="Result">JSON of the result, or null when the attempt failed.</param>
internal sealed record ActivityResult(int TaskId, int Attempt, byte[]? Result, FailureDetails? Failure) : Incoming;

internal sealed record EventRequest(string Key, string Name, byte[] Json) : Incoming;

internal sealed record TerminateRequest(string Key, string Reason) : Incoming;

internal sealed record RewindRequest(string Key, string Reason) : Incoming;
