using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Judges what plain numbers in a column of dates count: each unit has a range that no other one shares.</summary>
internal static class NumericTimeSample
{
    // Seconds and milliseconds from September 2001 to 2100; days from 1954 to 2100.
    private const decimal FirstSecond = 1_000_000_000;
    private const decimal LastSecond = 4_102_444_800;
    private const decimal FirstDay = 20_000;
    private const decimal LastDay = 73_050;

    /// <summary>The unit that every plain number of the sample fits; none without such numbers, or where they do not agree.</summary>
    public static NumericTime Judge(ColumnSample sample, int column)
    {
        var (seconds, milliseconds, microseconds, nanoseconds, days, none) = (0, 0, 0, 0, 0, 0);
        sample.Each(column, value =>
        {
            if (value.IsEmpty || !DateText.IsCount(value) || !NumberText.TryParse(value, DecimalStyle.Point, out var number, out _))
                return;
            if (number is >= FirstSecond and <= LastSecond)
                seconds++;
            else if (number is >= FirstSecond * 1000 and <= LastSecond * 1000)
                milliseconds++;
            else if (number is >= FirstSecond * 1_000_000 and <= LastSecond * 1_000_000)
                microseconds++;
            else if (number is >= FirstSecond * 1_000_000_000 and <= LastSecond * 1_000_000_000)
                nanoseconds++;
            else if (number is >= FirstDay and <= LastDay)
                days++;
            else
                none++;
        });
        return (seconds, milliseconds, microseconds, nanoseconds, days, none) switch
        {
            ( > 0, 0, 0, 0, 0, 0) => NumericTime.UnixSeconds,
            (0, > 0, 0, 0, 0, 0) => NumericTime.UnixMilliseconds,
            (0, 0, > 0, 0, 0, 0) => NumericTime.UnixMicroseconds,
            (0, 0, 0, > 0, 0, 0) => NumericTime.UnixNanoseconds,
            (0, 0, 0, 0, > 0, 0) => NumericTime.ExcelDays,
            _ => NumericTime.None,
        };
    }

    public static string Describe(NumericTime counts) => counts switch
    {
        NumericTime.UnixSeconds => "its numbers are seconds since 1970: all lie between 2001 and 2100 then",
        NumericTime.UnixMilliseconds => "its numbers are milliseconds since 1970: all lie between 2001 and 2100 then",
        NumericTime.UnixMicroseconds => "its numbers are microseconds since 1970: all lie between 2001 and 2100 then",
        NumericTime.UnixNanoseconds => "its numbers are nanoseconds since 1970: all lie between 2001 and 2100 then",
        _ => "its numbers are days as spreadsheets count them: all lie between 1954 and 2100 then",
    };
}
