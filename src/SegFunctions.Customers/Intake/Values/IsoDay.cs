using System.Globalization;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Days by week or by their number in the year, as ISO 8601 writes them beside months: <c>2024-W10-2</c>, <c>2024W102</c>, <c>2024-065</c>.</summary>
internal static class IsoDay
{
    /// <summary>Reads such a day at the start of the text, and moves behind it; nothing changes when there is none.</summary>
    public static bool TryParse(ref ReadOnlySpan<byte> text, ref DateParts parts)
    {
        var rest = text;
        if (!DateText.TryNumber(ref rest, 4, 4, out var year) || rest.IsEmpty || year < 1)
            return false;
        var isExtended = rest[0] == '-';
        if (isExtended)
            rest = rest[1..];
        DateTime day;
        if (rest.Length > 0 && rest[0] is (byte)'W' or (byte)'w')
        {
            rest = rest[1..];
            if (!DateText.TryNumber(ref rest, 2, 2, out var week) || !SkipHyphen(ref rest, isExtended) || !DateText.TryNumber(ref rest, 1, 1, out var weekday))
                return false;
            if (week < 1 || week > ISOWeek.GetWeeksInYear(year) || weekday is < 1 or > 7)
                return false;
            day = ISOWeek.ToDateTime(year, week, (DayOfWeek)(weekday % 7));
        }
        else
        {
            if (!isExtended || !DateText.TryNumber(ref rest, 3, 3, out var ofYear) || ofYear < 1 || ofYear > (DateTime.IsLeapYear(year) ? 366 : 365))
                return false;
            day = new DateTime(year, 1, 1).AddDays(ofYear - 1);
        }

        if (!rest.IsEmpty && (char.IsAsciiDigit((char)rest[0]) || rest[0] == '-'))
            return false;
        (parts.Year, parts.Month, parts.Day) = (day.Year, day.Month, day.Day);
        text = rest;
        return true;
    }

    private static bool SkipHyphen(ref ReadOnlySpan<byte> text, bool isExpected)
    {
        if (!isExpected)
            return true;
        if (text.IsEmpty || text[0] != '-')
            return false;
        text = text[1..];
        return true;
    }
}
