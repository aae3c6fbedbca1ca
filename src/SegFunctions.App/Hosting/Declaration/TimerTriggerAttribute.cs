namespace SegFunctions.App.Hosting.Declaration;

/// <summary>Runs the function by the clock, in UTC, on one instance at a time; on a parameter of type <see cref="TimerInfo"/>.</summary>
/// <param name="schedule">
/// NCRONTAB with six fields, <c>{second} {minute} {hour} {day} {month} {weekday}</c>, or five without seconds;
/// <c>%SETTING%</c> is replaced from the app settings.
/// </param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerAttribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Runs it also when an instance begins to watch the schedule, at its start mostly; what the schedule says is not changed by that.</summary>
    public bool RunOnStartup { get; init; }
}
