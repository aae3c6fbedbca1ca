namespace SegFunctions.Cli;

/// <summary>A command could not do its work; the message is what the person reads.</summary>
internal sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);
