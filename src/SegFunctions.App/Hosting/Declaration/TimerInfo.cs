namespace SegFunctions.App.Hosting.Declaration;

/// <summary>What a timer function is told about the tick that it answers.</summary>
public sealed record TimerInfo
{
    /// <summary>The tick's time had passed when a host was there to see it. However many were missed, one call catches up.</summary>
    public bool IsPastDue { get; init; }

    /// <summary>Null for schedules that tick more often than once a minute under the Functions host.</summary>
    public ScheduleStatus? ScheduleStatus { get; init; }
}

/// <summary>Where a timer stands in its schedule, in UTC.</summary>
public sealed record ScheduleStatus
{
    /// <summary>Start of the previous run; <see cref="DateTimeOffset.MinValue"/> before the first.</summary>
    public DateTimeOffset Last { get; init; }

    /// <summary>During a run the occurrence that is being answered, else the coming one.</summary>
    public DateTimeOffset Next { get; init; }

    public DateTimeOffset LastUpdated { get; init; }
}
