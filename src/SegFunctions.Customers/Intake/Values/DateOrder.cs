namespace SegFunctions.Customers.Intake.Values;

/// <summary>In which order a column writes day, month and year when all are numbers.</summary>
public enum DateOrder
{
    /// <summary>Not known: a date that two orders read differently is refused.</summary>
    Undecided,
    DayMonthYear,
    MonthDayYear,

    /// <summary>Only two-digit years need it; a year of four digits in front speaks for itself.</summary>
    YearMonthDay,
}
