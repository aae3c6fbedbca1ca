namespace SegFunctions.Cli;

/// <summary>A command was called with values that do not go together or are out of range.</summary>
internal sealed class UsageException(string message) : Exception(message);
