using Azure;

namespace SegFunctions.App.Hosting.Loops;

/// <summary>Which failures are the ordinary trouble of a service far away: logged and tried again, never the end of a loop.</summary>
internal static class StorageTrouble
{
    public static bool Is(Exception exception) => exception switch
    {
        RequestFailedException or IOException or HttpRequestException or TimeoutException => true,
        // What the clients throw when every one of their own tries has failed.
        AggregateException aggregate => aggregate.InnerExceptions.All(Is),
        // A request's own time-out, not our token.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };

    /// <summary>The first line of what the service or the network said.</summary>
    public static string Describe(Exception exception)
    {
        var message = exception is AggregateException { InnerExceptions: [.., var last] } ? last.Message : exception.Message;
        var line = message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
