namespace SegFunctions.App.Hosting.Timers;

/// <summary>When a timer runs next; no I/O.</summary>
internal static class TimerPlan
{
    /// <summary>Where a timer stands when an instance takes it over.</summary>
    /// <returns>The status to go on with; it differs from <paramref name="stored"/> when it has to be stored first.</returns>
    public static TimerStatus Resume(TimerStatus? stored, TimerSchedule schedule, DateTimeOffset now) => stored switch
    {
        // Nothing has been missed of a schedule that was not there.
        null => new TimerStatus(schedule.Text, DateTimeOffset.MinValue, schedule.Next(now), now),
        _ when stored.Schedule != schedule.Text => new TimerStatus(schedule.Text, stored.Last, schedule.Next(now), now),
        _ => stored,
    };

    /// <summary>How long until the next run; zero when it is due.</summary>
    public static TimeSpan Wait(TimerStatus status, DateTimeOffset now) => status.Next > now ? status.Next - now : TimeSpan.Zero;

    /// <summary>After a run: the next occurrence counts from its end, so what fell into the run is skipped and runs never overlap.</summary>
    public static TimerStatus AfterRun(TimerStatus status, TimerSchedule schedule, DateTimeOffset started, DateTimeOffset ended) =>
        new(schedule.Text, started, schedule.Next(ended), ended);
}
