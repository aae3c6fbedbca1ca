namespace SegFunctions.Cli.Azurite;

/// <summary>The local storage emulator cannot run; the message says why and what to do.</summary>
internal sealed class AzuriteException(string message) : Exception(message);
