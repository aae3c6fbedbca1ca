using SegFunctions.App.Hosting.Timers;

namespace SegFunctions.App.Tests.Hosting.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 0 3 * * *", "2026-03-29T02:59:59", "2026-03-29T03:00:00")]
    [InlineData("0 0 3 * * *", "2026-03-29T03:00:00", "2026-03-30T03:00:00")]
    [InlineData("*/10 * * * * *", "2026-03-29T03:00:01", "2026-03-29T03:00:10")]
    [InlineData("0 30 9 * * 1-5", "2026-03-27T09:30:00", "2026-03-30T09:30:00")]
    [InlineData("0 0 0 29 2 *", "2026-03-01T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("30 9 * * *", "2026-03-27T09:31:00", "2026-03-28T09:30:00")]
    [InlineData("0 30 2 * * *", "2026-10-25T00:00:00", "2026-10-25T02:30:00")]
    public void Next_occurrence_is_after_the_given_time_in_utc(string schedule, string after, string next)
    {
        var parsed = TimerSchedule.Parse(schedule);

        Assert.Equal(Utc(next), parsed.Next(Utc(after)));
        // An offset says the same moment.
        Assert.Equal(Utc(next), parsed.Next(Utc(after).ToOffset(TimeSpan.FromHours(5))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0 0 3 * *  * *")]
    [InlineData("0 0 25 * * *")]
    [InlineData("00:05:00")]
    [InlineData("0 0 3 * * moonday")]
    public void What_is_no_schedule_is_refused_with_the_cure(string text)
    {
        var fault = TimerSchedule.FindFault(text);

        Assert.Contains($"'{text}' is no timer schedule; write six NCRONTAB fields", fault, StringComparison.Ordinal);
        Assert.Equal(fault, Assert.Throws<FormatException>(() => TimerSchedule.Parse(text)).Message);
    }

    private static DateTimeOffset Utc(string text) => new(DateTime.Parse(text), TimeSpan.Zero);
}
