using SegFunctions.App.Hosting.Timers;

namespace SegFunctions.App.Tests.Hosting.Timers;

public sealed class TimerPlanTests
{
    private static readonly TimerSchedule Nightly = TimerSchedule.Parse("0 0 3 * * *");
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void First_start_runs_nothing_and_waits_for_the_next_occurrence()
    {
        var status = TimerPlan.Resume(stored: null, Nightly, Noon);

        Assert.Equal(new TimerStatus("0 0 3 * * *", DateTimeOffset.MinValue, Noon.AddHours(15), Noon), status);
        Assert.Equal(TimeSpan.FromHours(15), TimerPlan.Wait(status, Noon));
    }

    [Fact]
    public void Missed_occurrences_are_due_at_once()
    {
        var stored = new TimerStatus("0 0 3 * * *", Noon.AddDays(-5), Noon.AddDays(-4), Noon.AddDays(-5));

        var status = TimerPlan.Resume(stored, Nightly, Noon);

        Assert.Same(stored, status);
        Assert.Equal(TimeSpan.Zero, TimerPlan.Wait(status, Noon));
    }

    [Fact]
    public void Changed_schedule_counts_from_now_and_owes_nothing()
    {
        var stored = new TimerStatus("0 0 1 * * *", Noon.AddDays(-5), Noon.AddDays(-4), Noon.AddDays(-5));

        var status = TimerPlan.Resume(stored, Nightly, Noon);

        Assert.Equal(new TimerStatus("0 0 3 * * *", stored.Last, Noon.AddHours(15), Noon), status);
    }

    [Fact]
    public void Occurrences_that_fall_into_a_run_are_skipped()
    {
        var schedule = TimerSchedule.Parse("0 */5 * * * *");
        var status = new TimerStatus(schedule.Text, Noon.AddMinutes(-5), Noon, Noon.AddMinutes(-5));

        var after = TimerPlan.AfterRun(status, schedule, started: Noon, ended: Noon.AddMinutes(12));

        Assert.Equal(new TimerStatus(schedule.Text, Noon, Noon.AddMinutes(15), Noon.AddMinutes(12)), after);
    }
}
