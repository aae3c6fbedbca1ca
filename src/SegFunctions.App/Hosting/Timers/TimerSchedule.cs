using NCrontab;

namespace SegFunctions.App.Hosting.Timers;

/// <summary>An NCRONTAB schedule in UTC, as the Functions host reads it.</summary>
public sealed class TimerSchedule
{
    private readonly CrontabSchedule _schedule;

    private TimerSchedule(string text, CrontabSchedule schedule)
    {
        Text = text;
        _schedule = schedule;
    }

    public string Text { get; }

    /// <exception cref="FormatException">The text is no schedule; the message says what is allowed.</exception>
    public static TimerSchedule Parse(string text) =>
        Read(text) is { } schedule ? new TimerSchedule(text, schedule) : throw new FormatException(Fault(text));

    /// <summary>What is wrong with a schedule, or null.</summary>
    public static string? FindFault(string text) => Read(text) is null ? Fault(text) : null;

    /// <summary>The first occurrence after <paramref name="after"/>; <see cref="DateTimeOffset.MaxValue"/> where there is none.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        var next = _schedule.GetNextOccurrence(after.UtcDateTime, DateTime.MaxValue);
        return next == DateTime.MaxValue ? DateTimeOffset.MaxValue : new DateTimeOffset(next, TimeSpan.Zero);
    }

    private static CrontabSchedule? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return fields is 5 or 6
            ? CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 })
            : null;
    }

    private static string Fault(string text) =>
        $"'{text}' is no timer schedule; write six NCRONTAB fields (second minute hour day month weekday), as in '0 0 3 * * *', or five without seconds.";
}
