namespace SegFunctions.Orchestration.State;

/// <summary>The rows of an instance's partition: itself, its steps, and what waits to enter history.</summary>
internal static class RowKeys
{
    public const string Instance = "instance";

    /// <summary>First and first-after of all inbox rows.</summary>
    public const string InboxFrom = "inbox-", InboxTo = "inbox.";

    public static string Step(string executionId, int number) => $"step-{executionId}-{number:D8}";

    /// <summary>Whether a row is a step or inbox row of that execution, not of a namesake before or after it.</summary>
    public static bool BelongsTo(string key, string executionId) =>
        key.StartsWith($"step-{executionId}-", StringComparison.Ordinal) || key.StartsWith($"inbox-{executionId}-", StringComparison.Ordinal);

    /// <summary>One result per task and attempt: the first to be written is the one that counts.</summary>
    public static string Result(string executionId, int taskId, int attempt) => $"inbox-{executionId}-r{taskId:D10}-{attempt:D6}";

    /// <summary>Requests are taken in the order of this key, so of the time at which they were made.</summary>
    public static string Request(string executionId, long ticks, Guid id) => $"inbox-{executionId}-s{ticks:D19}-{id:N}";
}
