using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>A form of dates that a mapping names, compiled once.</summary>
/// <remarks>
/// Letters as in .NET: <c>yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s f…f tt zzz K</c>; single quotes or a backslash keep letters as text.
/// Two letters ask for two digits, one for one or two; <c>MMM</c> and <c>MMMM</c> take any month name. A <c>T</c> or a <c>Z</c> alone is text,
/// <c>Z</c> with the meaning of UTC. Besides: <c>iso</c>, <c>unix</c> (seconds) and <c>unixms</c>.
/// </remarks>
public sealed class DateFormat
{
    private readonly Part[] _parts;
    private readonly NumericTime _numbers;
    private readonly bool _isIso;

    private DateFormat(string text, Part[] parts, NumericTime numbers = NumericTime.None, bool isIso = false)
    {
        Text = text;
        _parts = parts;
        _numbers = numbers;
        _isIso = isIso;
    }

    private enum Kind
    {
        Text,
        Year,
        TwoDigitYear,
        Month,
        MonthName,
        Day,
        Hour,
        HalfDayHour,
        Minute,
        Second,
        Fraction,
        HalfDay,
        Offset,
        Utc,
    }

    /// <summary>The form as it was given.</summary>
    public string Text { get; }

    /// <summary>Compiles a form; false with what is wrong when it is none.</summary>
    public static bool TryCompile(string? text, [NotNullWhen(true)] out DateFormat? format, [NotNullWhen(false)] out string? fault)
    {
        format = null;
        fault = null;
        switch (text)
        {
            case null or "":
                fault = "The date format is empty; write one such as dd/MM/yyyy.";
                return false;
            case "unix":
                format = new DateFormat(text, [], NumericTime.UnixSeconds);
                return true;
            case "unixms":
                format = new DateFormat(text, [], NumericTime.UnixMilliseconds);
                return true;
            case "iso":
                format = new DateFormat(text, [], isIso: true);
                return true;
        }

        var parts = new List<Part>();
        for (var at = 0; at < text.Length;)
        {
            var length = ReadPart(text, at, parts, out fault);
            if (fault is not null)
                return false;
            at += length;
        }

        foreach (var (kinds, name) in (ReadOnlySpan<(Kind[], string)>)[([Kind.Year, Kind.TwoDigitYear], "year"), ([Kind.Month, Kind.MonthName], "month"), ([Kind.Day], "day")])
        {
            var found = parts.Count(part => kinds.Contains(part.Kind));
            if (found == 1)
                continue;
            fault = $"The date format '{text}' names {(found == 0 ? "no" : "more than one")} {name}; write one such as dd/MM/yyyy, yyyy-MM-dd HH:mm:ss or unix.";
            return false;
        }

        if (parts.Exists(part => part.Kind == Kind.HalfDayHour) && !parts.Exists(part => part.Kind == Kind.HalfDay))
        {
            fault = $"The date format '{text}' has hh without tt: write HH for hours from 0 to 23, or add tt for am and pm.";
            return false;
        }

        format = new DateFormat(text, [.. parts]);
        return true;
    }

    /// <summary>Reads a text of this form, blanks around it taken off.</summary>
    internal ValueFault Parse(ReadOnlySpan<byte> text, DateRules rules, out DateValue value)
    {
        value = default;
        if (_numbers != NumericTime.None)
            return DateText.ParseCount(text, rules, out value, _numbers);
        if (_isIso)
        {
            var isIso = text.Length >= 8 && text[..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && text[4] is (byte)'-' or >= (byte)'0' and <= (byte)'9';
            return isIso ? DateText.ParseKnown(text, rules, out value) : ValueFault.NotADate;
        }

        var parts = default(DateParts);
        var isAfternoon = (bool?)null;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (!TryPart(part, ref text, rules, ref parts, ref isAfternoon))
                return ValueFault.NotADate;
        }

        if (!text.IsEmpty)
            return ValueFault.NotADate;
        if (isAfternoon is { } afternoon)
        {
            if (parts.Hour is < 1 or > 12)
                return ValueFault.NoSuchDay;
            parts.Hour = (parts.Hour % 12) + (afternoon ? 12 : 0);
        }

        return parts.Build(rules, out value);
    }

    public override string ToString() => Text;

    private static int ReadPart(string text, int at, List<Part> parts, out string? fault)
    {
        fault = null;
        var letter = text[at];
        if (letter == '\'')
        {
            var close = text.IndexOf('\'', at + 1);
            if (close < 0)
            {
                fault = $"The date format '{text}' opens a quote that it never closes.";
                return 0;
            }

            parts.Add(Part.Literal(text[(at + 1)..close]));
            return close - at + 1;
        }

        if (letter == '\\' && at + 1 < text.Length)
        {
            parts.Add(Part.Literal(text[at + 1].ToString()));
            return 2;
        }

        var length = 1;
        while (at + length < text.Length && text[at + length] == letter)
            length++;
        Part? part = (letter, length) switch
        {
            ('y', 4) => new Part(Kind.Year, 4, 4),
            ('y', 2) => new Part(Kind.TwoDigitYear, 2, 2),
            ('M', 1 or 2) => new Part(Kind.Month, length, 2),
            ('M', 3 or 4) => new Part(Kind.MonthName, 0, 0),
            ('d', 1 or 2) => new Part(Kind.Day, length, 2),
            ('H', 1 or 2) => new Part(Kind.Hour, length, 2),
            ('h', 1 or 2) => new Part(Kind.HalfDayHour, length, 2),
            ('m', 1 or 2) => new Part(Kind.Minute, length, 2),
            ('s', 1 or 2) => new Part(Kind.Second, length, 2),
            ('f' or 'F', <= 9) => new Part(Kind.Fraction, length, length),
            ('t', 1 or 2) => new Part(Kind.HalfDay, 0, 0),
            ('z', <= 3) or ('K', 1) => new Part(Kind.Offset, 0, 0),
            ('Z', 1) => new Part(Kind.Utc, 0, 0),
            ('T', 1) => Part.Literal("T"),
            _ => char.IsAsciiLetter(letter) ? null : Part.Literal(text.Substring(at, length)),
        };
        if (part is null)
        {
            fault = $"The date format '{text}' has '{new string(letter, length)}', which means nothing; known are yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s f tt zzz K, iso, unix and unixms. Put text in single quotes.";
            return 0;
        }

        parts.Add(part.Value);
        return length;
    }

    private static bool TryPart(in Part part, ref ReadOnlySpan<byte> text, DateRules rules, ref DateParts parts, ref bool? isAfternoon)
    {
        int number;
        switch (part.Kind)
        {
            case Kind.Text:
                if (!text.StartsWith(part.Bytes))
                    return false;
                text = text[part.Bytes!.Length..];
                return true;
            case Kind.MonthName:
                var word = MonthNames.WordLength(text);
                parts.Month = MonthNames.Month(text[..word]);
                text = text[word..];
                return parts.Month > 0;
            case Kind.Fraction:
                if (text.Length < part.Least)
                    return false;
                var decimals = text[..part.Least];
                text = text[part.Least..];
                return DateText.TryTicks(ref decimals, out parts.Ticks) && decimals.IsEmpty;
            case Kind.HalfDay:
                if (DateText.HalfDay(text, out var length, out var afternoon) == 0)
                    return false;
                isAfternoon = afternoon;
                text = text[length..];
                return true;
            case Kind.Offset:
                var width = OffsetLength(text);
                if (width == 0 || !DateText.TryParseOffset(text[..width], ref parts))
                    return false;
                text = text[width..];
                return true;
            case Kind.Utc:
                if (text.IsEmpty || text[0] is not ((byte)'Z' or (byte)'z'))
                    return false;
                parts.OffsetMinutes = 0;
                text = text[1..];
                return true;
        }

        if (!DateText.TryNumber(ref text, part.Least, part.Most, out number))
            return false;
        switch (part.Kind)
        {
            case Kind.Year:
                parts.Year = number;
                break;
            case Kind.TwoDigitYear:
                parts.Year = rules.Expand(number);
                break;
            case Kind.Month:
                parts.Month = number;
                break;
            case Kind.Day:
                parts.Day = number;
                break;
            case Kind.Hour or Kind.HalfDayHour:
                parts.Hour = number;
                parts.HasTime = true;
                break;
            case Kind.Minute:
                parts.Minute = number;
                parts.HasTime = true;
                break;
            default:
                parts.Second = number;
                break;
        }

        return true;
    }

    private static int OffsetLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return 0;
        if (text[0] is (byte)'Z' or (byte)'z')
            return 1;
        if (text[0] is not ((byte)'+' or (byte)'-'))
            return 0;
        var length = 1;
        while (length < text.Length && length < 6 && text[length] is (byte)':' or >= (byte)'0' and <= (byte)'9')
            length++;
        return length;
    }

    /// <param name="Least">Fewest digits.</param>
    /// <param name="Most">Most digits.</param>
    /// <param name="Bytes">The text of a <see cref="Kind.Text"/>.</param>
    private readonly record struct Part(Kind Kind, int Least, int Most, byte[]? Bytes = null)
    {
        public static Part Literal(string text) => new(Kind.Text, 0, 0, Encoding.UTF8.GetBytes(text));
    }
}
