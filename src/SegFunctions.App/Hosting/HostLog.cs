namespace SegFunctions.App.Hosting;

/// <summary>What the host says of itself.</summary>
internal static partial class HostLog
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "{Function} waits for Service Bus, which the built-in host does not serve; it runs under the Functions host only")]
    public static partial void NotServed(ILogger logger, string function);
}
