namespace SegFunctions.App.Hosting.CustomHandler;

/// <summary>What arrived is no invocation as the Functions host sends it.</summary>
internal sealed class EnvelopeException(string message, Exception? inner = null) : Exception(message, inner);
