namespace SegFunctions.Customers.Intake.Values;

/// <summary>Reads dates and times from UTF-8 text without allocating.</summary>
/// <remarks>
/// Understood, with <c>- / .</c> or a blank between the parts: ISO 8601 with or without time, decimals, <c>Z</c> or offset, also the basic
/// form <c>20240131T235959Z</c>; <c>31.12.2024</c>, <c>12/31/2024</c>, <c>31-12-24</c> by the column's order; months by name in six
/// languages, a weekday in front; times as <c>14:30</c>, <c>14:30:59.5</c>, <c>2:30 pm</c>, <c>14h30</c>; seconds, or thousandths,
/// millionths and billionths of them, since 1970 when the rules say so; weeks and days of the year as ISO 8601 counts them (<c>2024-W10-2</c>, <c>2024-065</c>). Dots mean day first unless the rules say otherwise: no country writes the month first with dots.
/// </remarks>
public static class DateText
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    /// <summary>Reads a date; false with the reason when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, DateRules rules, out DateValue value, out ValueFault fault)
    {
        ArgumentNullException.ThrowIfNull(rules);
        text = Blanks.Trim(text);
        value = default;
        if (text.IsEmpty)
            fault = ValueFault.Empty;
        else if (rules.Format is { } format)
            fault = format.Parse(text, rules, out value);
        else if (rules.Numbers != NumericTime.None && IsCount(text))
            fault = ParseCount(text, rules, out value);
        else
        {
            fault = ParseKnown(text, rules, out value);
            if (fault == ValueFault.NotADate)
                fault = ZonedDate.Parse(text, rules, out value);
        }

        return fault == ValueFault.None;
    }

    /// <summary>A plain number that is none of the compact dates.</summary>
    internal static bool IsCount(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text.IndexOfAnyExcept("0123456789.-"u8) < 0 && text.Count((byte)'.') <= 1 && text[1..].IndexOf((byte)'-') < 0 && !(text.Length is 8 or 14 && text[0] is (byte)'1' or (byte)'2' && text.IndexOf((byte)'.') < 0);

    /// <summary>Reads seconds or milliseconds since 1970.</summary>
    internal static ValueFault ParseCount(ReadOnlySpan<byte> text, DateRules rules, out DateValue value, NumericTime? unit = null)
    {
        value = default;
        if (!NumberText.TryParse(text, DecimalStyle.Point, out var count, out _))
            return ValueFault.NotADate;
        if (Math.Abs(count) > 1e19m)
            return ValueFault.YearOutOfRange;
        var counts = unit ?? rules.Numbers;
        if (counts == NumericTime.ExcelDays)
            return FromExcel(count, rules, out value);
        var ticks = TicksOf(count, counts);
        if (ticks < DateTime.MinValue.Ticks - Epoch.Ticks || ticks > DateTime.MaxValue.Ticks - Epoch.Ticks)
            return ValueFault.YearOutOfRange;
        var instant = Epoch.AddTicks((long)ticks);
        if (instant.Year < rules.FirstYear || instant.Year > rules.LastYear)
            return ValueFault.YearOutOfRange;
        value = new DateValue(DateTime.SpecifyKind(instant, DateTimeKind.Unspecified), HasTime: true, OffsetMinutes: 0);
        return ValueFault.None;
    }

    /// <summary>Reads a time of day, and an offset, that fill the text.</summary>
    internal static bool TryParseTime(ReadOnlySpan<byte> text, ref DateParts parts)
    {
        if (!TryNumber(ref text, 1, 2, out parts.Hour))
            return false;
        parts.HasTime = true;
        var isBasic = text.Length > 0 && text[0] is >= (byte)'0' and <= (byte)'9';
        if (isBasic)
        {
            // 235959, as ISO 8601 allows.
            if (!TryNumber(ref text, 2, 2, out parts.Minute))
                return false;
            if (text.Length > 0 && text[0] is >= (byte)'0' and <= (byte)'9' && !TryNumber(ref text, 2, 2, out parts.Second))
                return false;
        }
        else if (text.Length > 1 && text[0] is (byte)':' or (byte)'h' or (byte)'H' or (byte)'.')
        {
            var mark = text[0];
            text = text[1..];
            if (!TryNumber(ref text, 2, 2, out parts.Minute))
                return false;
            if (text.Length > 1 && text[0] == (mark == '.' ? '.' : ':'))
            {
                text = text[1..];
                if (!TryNumber(ref text, 2, 2, out parts.Second))
                    return false;
            }
        }
        else if (HalfDay(Blanks.Trim(text), out _, out _) == 0)
        {
            // An hour alone needs am or pm.
            return false;
        }

        if (text.Length > 1 && text[0] is (byte)'.' or (byte)',')
        {
            text = text[1..];
            if (!TryTicks(ref text, out parts.Ticks))
                return false;
        }

        text = Blanks.Trim(text);
        if (HalfDay(text, out var length, out var isAfternoon) > 0)
        {
            if (parts.Hour is < 1 or > 12)
                return false;
            parts.Hour = (parts.Hour % 12) + (isAfternoon ? 12 : 0);
            text = Blanks.Trim(text[length..]);
        }

        if (text.StartsWith("Uhr"u8) || text.StartsWith("uhr"u8))
            text = Blanks.Trim(text[3..]);
        return text.IsEmpty || TryParseOffset(text, ref parts);
    }

    /// <summary>Reads <c>Z</c>, <c>UTC</c>, <c>GMT</c>, <c>+01</c>, <c>+0100</c> or <c>+01:00</c>, also behind <c>GMT</c>.</summary>
    internal static bool TryParseOffset(ReadOnlySpan<byte> text, ref DateParts parts)
    {
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8))
        {
            parts.OffsetMinutes = 0;
            return true;
        }

        if (text.Length > 3 && (text.StartsWith("GMT"u8) || text.StartsWith("UTC"u8)))
            text = text[3..];
        var sign = text[0] == '+' ? 1 : text[0] == '-' || text.StartsWith("−"u8) ? -1 : 0;
        if (sign == 0)
            return false;
        text = text[(text[0] is (byte)'+' or (byte)'-' ? 1 : 3)..];
        if (!TryNumber(ref text, 2, 2, out var hours))
            return false;
        if (text.Length > 0 && text[0] == ':')
            text = text[1..];
        var minutes = 0;
        if (text.Length > 0 && !TryNumber(ref text, 2, 2, out minutes))
            return false;
        if (!text.IsEmpty || minutes > 59)
            return false;
        parts.OffsetMinutes = sign * ((hours * 60) + minutes);
        return true;
    }

    /// <summary>Reads between <paramref name="least"/> and <paramref name="most"/> digits.</summary>
    internal static bool TryNumber(ref ReadOnlySpan<byte> text, int least, int most, out int number)
    {
        number = 0;
        var length = 0;
        while (length < text.Length && length < most && text[length] is >= (byte)'0' and <= (byte)'9')
            number = (number * 10) + text[length++] - '0';
        if (length < least)
            return false;
        text = text[length..];
        return true;
    }

    /// <summary>Reads decimals of a second; those beyond the seventh are cut off.</summary>
    internal static bool TryTicks(ref ReadOnlySpan<byte> text, out int ticks)
    {
        ticks = 0;
        var length = 0;
        for (; length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9'; length++)
        {
            if (length < 7)
                ticks = (ticks * 10) + text[length] - '0';
        }

        for (var digits = length; digits < 7; digits++)
            ticks *= 10;
        text = text[length..];
        return length > 0;
    }

    /// <summary>Finds am or pm at the start: 1 or more when there is one.</summary>
    internal static int HalfDay(ReadOnlySpan<byte> text, out int length, out bool isAfternoon)
    {
        length = 0;
        isAfternoon = false;
        if (text.IsEmpty || (text[0] | 0x20) is not ('a' or 'p'))
            return 0;
        isAfternoon = (text[0] | 0x20) == 'p';
        if (text.Length >= 2 && (text[1] | 0x20) == 'm')
            return length = 2;
        if (text.Length < 4 || text[1] != '.')
            return 0;

        // Spain sets them apart: p. m.
        var at = 2;
        while (Blanks.LengthAt(text[at..]) is > 0 and var blank)
            at += blank;
        return length = at + 1 < text.Length && (text[at] | 0x20) == 'm' && text[at + 1] == '.' ? at + 2 : 0;
    }

    /// <summary>A day that a spreadsheet counts, to the second: fractions of a day do not hold more.</summary>
    private static ValueFault FromExcel(decimal days, DateRules rules, out DateValue value)
    {
        value = default;
        if (days is < 61 or >= 2_958_466)
            return ValueFault.NotADate;
        var seconds = decimal.Round(days * 86_400);
        var moment = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds((double)seconds);
        if (moment.Year < rules.FirstYear || moment.Year > rules.LastYear)
            return ValueFault.YearOutOfRange;
        value = new DateValue(moment, HasTime: moment.TimeOfDay != TimeSpan.Zero, OffsetMinutes: null);
        return ValueFault.None;
    }

    private static decimal TicksOf(decimal count, NumericTime unit) =>
        decimal.Truncate(unit switch
        {
            NumericTime.UnixMilliseconds => count * TimeSpan.TicksPerMillisecond,
            NumericTime.UnixMicroseconds => count * TimeSpan.TicksPerMicrosecond,
            NumericTime.UnixNanoseconds => count / TimeSpan.NanosecondsPerTick,
            _ => count * TimeSpan.TicksPerSecond,
        });

    /// <summary>Reads a date in any of the known forms that is not a mere count.</summary>
    internal static ValueFault ParseKnown(ReadOnlySpan<byte> text, DateRules rules, out DateValue value)
    {
        value = default;
        var parts = default(DateParts);
        SkipWeekday(ref text);
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0)
            digits = text.Length;
        ValueFault fault;
        if (digits is 8 or 12 or 14)
            fault = ParseCompactDate(ref text, ref parts);
        else if (digits == 4 && IsoDay.TryParse(ref text, ref parts))
            fault = ValueFault.None;
        else
            fault = ParseDate(ref text, rules, ref parts);
        if (fault != ValueFault.None)
            return fault;
        if (!text.IsEmpty && !SkipToTime(ref text))
            return ValueFault.NotADate;
        if (!text.IsEmpty && !TryParseTime(text, ref parts))
            return ValueFault.NotADate;
        return parts.Build(rules, out value);
    }

    /// <summary>What may stand between date and time: <c>T</c>, blanks, a comma, <c>at</c>, <c>à</c>, <c>um</c>; nothing in the compact form.</summary>
    private static bool SkipToTime(ref ReadOnlySpan<byte> text)
    {
        if (text[0] is (byte)'T' or (byte)'t' || (text[0] is >= (byte)'0' and <= (byte)'9'))
        {
            if ((text[0] | 0x20) == 't')
                text = text[1..];
            return text.Length > 0;
        }

        if (text[0] == ',')
            text = text[1..];
        var trimmed = Blanks.Trim(text);
        if (trimmed.Length == text.Length && text.Length > 0 && (text[0] is < (byte)'0' or > (byte)'9'))
            return false;
        text = trimmed;
        var word = text.StartsWith("at "u8) || text.StartsWith("um "u8) || text.StartsWith("à "u8) ? 3 : 0;
        text = Blanks.Trim(text[word..]);
        return text.Length > 0;
    }

    private static void SkipWeekday(ref ReadOnlySpan<byte> text)
    {
        var length = MonthNames.WordLength(text);
        if (length == 0 || !MonthNames.IsWeekday(text[..length]))
            return;
        text = text[length..];
        while (!text.IsEmpty && text[0] is (byte)',' or (byte)'.')
            text = text[1..];
        text = Blanks.Trim(text);
    }

    private static ValueFault ParseCompactDate(ref ReadOnlySpan<byte> text, ref DateParts parts)
    {
        TryNumber(ref text, 4, 4, out parts.Year);
        TryNumber(ref text, 2, 2, out parts.Month);
        TryNumber(ref text, 2, 2, out parts.Day);
        return ValueFault.None;
    }

    private static ValueFault ParseDate(ref ReadOnlySpan<byte> text, DateRules rules, ref DateParts parts)
    {
        Span<int> numbers = stackalloc int[3];
        Span<int> widths = stackalloc int[3];
        var monthAt = -1;
        var separator = (byte)0;
        for (var part = 0; part < 3; part++)
        {
            if (part > 0 && !SkipSeparator(ref text, ref separator, monthAt >= 0))
                return ValueFault.NotADate;
            var word = MonthNames.WordLength(text);
            if (word > 0)
            {
                if (monthAt >= 0 || (numbers[part] = MonthNames.Month(text[..word])) == 0)
                    return ValueFault.NotADate;
                monthAt = part;
                text = text[word..];
                if (text.Length > 0 && text[0] == '.')
                    text = text[1..];
                continue;
            }

            var before = text.Length;
            if (!TryNumber(ref text, 1, 4, out numbers[part]))
                return ValueFault.NotADate;
            widths[part] = before - text.Length;
            SkipOrdinal(ref text);
        }

        return Arrange(numbers, widths, monthAt, separator, rules, ref parts);
    }

    /// <summary>The mark between two parts, the same both times unless a month's name stands there.</summary>
    private static bool SkipSeparator(ref ReadOnlySpan<byte> text, ref byte separator, bool afterName)
    {
        var blanks = 0;
        while (Blanks.LengthAt(text) is > 0 and var length)
        {
            text = text[length..];
            blanks++;
        }

        if (text.IsEmpty)
            return false;
        if (text[0] is (byte)'-' or (byte)'/' or (byte)'.' || (text[0] == ',' && afterName))
        {
            var found = text[0];
            if (separator != 0 && separator != found && separator != ' ' && !afterName)
                return false;
            separator = found;
            text = text[1..];
            while (Blanks.LengthAt(text) is > 0 and var length)
                text = text[length..];
            return true;
        }

        if (blanks > 0 && text.StartsWith("de "u8))
            text = text[3..];
        if (blanks == 0)
            return afterName || MonthNames.WordLength(text) > 0;
        if (separator == 0)
            separator = (byte)' ';
        return separator == ' ' || afterName || MonthNames.WordLength(text) > 0;
    }

    /// <summary>1st, 2nd, 3rd, 4th, 1er.</summary>
    private static void SkipOrdinal(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
            return;
        var two = text[..2];
        var isOrdinal = two.SequenceEqual("st"u8) || two.SequenceEqual("nd"u8) || two.SequenceEqual("rd"u8) || two.SequenceEqual("th"u8) || two.SequenceEqual("er"u8);
        if (isOrdinal && MonthNames.WordLength(text) == 2)
            text = text[2..];
    }

    private static ValueFault Arrange(ReadOnlySpan<int> numbers, ReadOnlySpan<int> widths, int monthAt, byte separator, DateRules rules, ref DateParts parts)
    {
        int year, month, day;
        if (monthAt >= 0)
        {
            // 2 Jan 2006, Jan 2 2006, 2006 Jan 2: the year is the part of four digits, or the last.
            month = monthAt;
            year = monthAt == 1 && widths[0] == 4 ? 0 : 2;
            if (monthAt == 2)
                return ValueFault.NotADate;
            day = 3 - month - year;
        }
        else if (widths[0] == 4)
        {
            (year, month, day) = (0, 1, 2);
        }
        else if (rules.Order == DateOrder.YearMonthDay && widths[2] <= 2)
        {
            (year, month, day) = (0, 1, 2);
        }
        else
        {
            var order = rules.Order;
            if (order is DateOrder.Undecided or DateOrder.YearMonthDay)
            {
                if (separator == '.' || numbers[0] > 12)
                    order = DateOrder.DayMonthYear;
                else if (numbers[1] > 12)
                    order = DateOrder.MonthDayYear;
                else if (numbers[0] == numbers[1])
                    order = DateOrder.DayMonthYear;
                else
                    return ValueFault.AmbiguousOrder;
            }

            (year, month, day) = order == DateOrder.DayMonthYear ? (2, 1, 0) : (2, 0, 1);
        }

        if (widths[year] is not (2 or 4) || widths[month] > 2 || widths[day] > 2)
            return ValueFault.NotADate;
        parts.Year = widths[year] == 2 ? rules.Expand(numbers[year]) : numbers[year];
        parts.Month = numbers[month];
        parts.Day = numbers[day];
        return ValueFault.None;
    }
}
