namespace SegFunctions.Customers.Intake.Values;

/// <summary>A date as it was written: wall-clock time, and the distance from UTC when the text says one.</summary>
/// <param name="WallClock">Of unspecified kind; to the 100 nanoseconds, finer decimals are cut off.</param>
/// <param name="HasTime">The text names a time of day; otherwise it is midnight.</param>
/// <param name="OffsetMinutes">Minutes ahead of UTC, or null when the text does not say.</param>
public readonly record struct DateValue(DateTime WallClock, bool HasTime, int? OffsetMinutes)
{
    /// <summary>The instant in UTC, for a text without offset as the clocks of <paramref name="zone"/> show it.</summary>
    /// <remarks>
    /// A time that those clocks show twice is taken as standard time; one that they skip, as if they had not been put forward.
    /// </remarks>
    public DateTime ToUtc(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var offset = OffsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : zone.GetUtcOffset(WallClock);
        var ticks = Math.Clamp(WallClock.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }
}
