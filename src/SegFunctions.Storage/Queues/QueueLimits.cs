namespace SegFunctions.Storage.Queues;

/// <summary>The service's limits, checked before a request is sent so that the twin refuses the same.</summary>
internal static class QueueLimits
{
    /// <summary>How long a message lives from the moment that it can first be received.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>Messages that one request receives at most.</summary>
    public const int MostReceived = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Time to live that goes with a delay: the service wants it to be the longer of the two.</summary>
    public static TimeSpan LifeWith(TimeSpan delay) => Life + delay;

    public static void RequireDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, Longest);
    }

    public static void RequireReceive(int maximum, TimeSpan visibility)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MostReceived);
        ArgumentOutOfRangeException.ThrowIfLessThan(visibility, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibility, Longest);
    }

    /// <summary>The service counts whole seconds; a part of one is counted up, so that nothing appears early.</summary>
    public static TimeSpan WholeSeconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Ceiling(span.TotalSeconds));
}
