namespace SegFunctions.Customers.Intake.Values;

/// <summary>Numbers on their way to a date.</summary>
internal struct DateParts
{
    public int Year;
    public int Month;
    public int Day;
    public int Hour;
    public int Minute;
    public int Second;

    /// <summary>100 nanoseconds.</summary>
    public int Ticks;

    public bool HasTime;
    public int? OffsetMinutes;

    /// <summary>Checks the calendar, the clock and the allowed years.</summary>
    public readonly ValueFault Build(DateRules rules, out DateValue value)
    {
        value = default;
        if (Month is < 1 or > 12 || Day < 1 || Year is < 1 or > 9999 || Day > DateTime.DaysInMonth(Year, Month))
            return ValueFault.NoSuchDay;

        // ISO 8601 writes the end of a day as 24:00.
        var isMidnightAfter = Hour == 24 && Minute == 0 && Second == 0 && Ticks == 0;

        // A leap second is the first of the next minute to every clock that knows none.
        var isLeap = Second == 60 && Minute == 59;
        if ((Hour > 23 && !isMidnightAfter) || Minute > 59 || (Second > 59 && !isLeap) || OffsetMinutes is < -14 * 60 or > 14 * 60)
            return ValueFault.NoSuchDay;
        if (Year < rules.FirstYear || Year > rules.LastYear)
            return ValueFault.YearOutOfRange;
        var date = new DateTime(Year, Month, Day, isMidnightAfter ? 0 : Hour, Minute, isLeap ? 59 : Second);
        if (isLeap)
        {
            if (date > DateTime.MaxValue.AddSeconds(-2))
                return ValueFault.YearOutOfRange;
            date = date.AddSeconds(1);
        }

        if (isMidnightAfter)
        {
            if (date > DateTime.MaxValue.AddDays(-1))
                return ValueFault.YearOutOfRange;
            date = date.AddDays(1);
        }

        value = new DateValue(date.AddTicks(Ticks), HasTime, OffsetMinutes);
        return ValueFault.None;
    }
}
