using System.Runtime.CompilerServices;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Reads exact numbers from UTF-8 text without allocating.</summary>
/// <remarks>
/// Understood: a sign before or behind (also U+2212 and U+2013), a dash for the cents (<c>5.–</c>), parentheses for negative amounts, a currency sign or code on either side,
/// thousands in groups of three (or three and then two, as India writes) set apart by the other one of point and comma, a blank or an
/// apostrophe, a percent sign (12 % is 0.12) and an exponent. Decimals beyond the 28 digits that <see cref="decimal"/> holds are
/// rounded half to even.
/// </remarks>
public static class NumberText
{
    private const int ExactDigits = 38;

    private static readonly UInt128 LargestMantissa = (UInt128.One << 96) - 1;

    /// <summary>Reads a number; false with the reason when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, DecimalStyle style, out decimal value, out ValueFault fault)
    {
        if (TryParsePlain(text, style, out value))
        {
            fault = ValueFault.None;
            return true;
        }

        fault = ParseAny(text, style, out value);
        return fault == ValueFault.None;
    }

    /// <summary>Reads a whole number; <c>12.0</c> is one.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, DecimalStyle style, out long value, out ValueFault fault)
    {
        value = 0;
        if (!TryParse(text, style, out var number, out fault))
            return false;
        if (number != decimal.Truncate(number))
            fault = ValueFault.NotWhole;
        else if (number is < long.MinValue or > long.MaxValue)
            fault = ValueFault.TooLarge;
        else
            value = (long)number;
        return fault == ValueFault.None;
    }

    /// <summary>Digits with a minus before and decimals behind, at most 18: what most files hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryParsePlain(ReadOnlySpan<byte> text, DecimalStyle style, out decimal value)
    {
        value = 0;
        var isNegative = !text.IsEmpty && text[0] == '-';
        if (isNegative)
            text = text[1..];
        if (text.Length is 0 or > 18)
            return false;
        var separator = style == DecimalStyle.Comma ? (byte)',' : (byte)'.';
        ulong mantissa = 0;
        var point = -1;
        for (var at = 0; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
                mantissa = (mantissa * 10) + digit;
            else if (text[at] == separator && point < 0 && style != DecimalStyle.Undecided && at > 0 && at < text.Length - 1)
                point = at;
            else
                return false;
        }

        var scale = point < 0 ? 0 : text.Length - point - 1;
        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative && mantissa != 0, (byte)scale);
        return true;
    }

    private static ValueFault ParseAny(ReadOnlySpan<byte> text, DecimalStyle style, out decimal value)
    {
        value = 0;
        text = Blanks.Trim(text);
        if (text.IsEmpty)
            return ValueFault.Empty;
        if (!TryStripMarks(ref text, out var isNegative, out var isPercent))
            return ValueFault.NotANumber;
        if (!TryStripExponent(ref text, out var exponent))
            return ValueFault.NotANumber;
        var fault = FindSeparators(text, style, out var point);
        if (fault != ValueFault.None)
            return fault;
        return Assemble(text, point, isPercent ? exponent - 2 : exponent, isNegative, out value);
    }

    /// <summary>Takes sign, currency and percent off, each at most once, so that digits are left.</summary>
    private static bool TryStripMarks(ref ReadOnlySpan<byte> text, out bool isNegative, out bool isPercent)
    {
        isNegative = false;
        isPercent = false;
        var hasSign = false;
        var hasCurrency = false;
        if (text[0] == '(' && text[^1] == ')')
        {
            isNegative = hasSign = true;
            text = Blanks.Trim(text[1..^1]);
        }

        while (!text.IsEmpty)
        {
            int length;
            if ((length = SignAtStart(text, out var minus)) > 0)
            {
                if (hasSign)
                    return false;
                hasSign = true;
                isNegative = minus;
            }
            else if ((length = CurrencyMarks.LengthAtStart(text)) > 0)
            {
                if (hasCurrency)
                    return false;
                hasCurrency = true;
            }
            else
            {
                break;
            }

            text = Blanks.Trim(text[length..]);
        }

        while (!text.IsEmpty)
        {
            int length;
            if ((length = NoCentsAtEnd(text)) > 0)
            {
                // The dash stands for the cents: what is left is whole.
            }
            else if ((length = SignAtEnd(text, out var minus)) > 0)
            {
                if (hasSign)
                    return false;
                hasSign = true;
                isNegative = minus;
            }
            else if (text[^1] == '%')
            {
                if (isPercent)
                    return false;
                isPercent = true;
                length = 1;
            }
            else if ((length = CurrencyMarks.LengthAtEnd(text)) > 0)
            {
                if (hasCurrency)
                    return false;
                hasCurrency = true;
            }
            else
            {
                break;
            }

            text = Blanks.Trim(text[..^length]);
        }

        return !text.IsEmpty && !(hasCurrency && isPercent);
    }

    /// <summary>Bytes of <c>.–</c>, <c>,-</c>, <c>:-</c> or <c>,--</c> behind a digit: <c>CHF 5.–</c> has no cents, and is not below zero.</summary>
    private static int NoCentsAtEnd(ReadOnlySpan<byte> text)
    {
        var dash = text[^1] == '-' ? text.EndsWith("--"u8) ? 2 : 1 : text.EndsWith("–"u8) || text.EndsWith("—"u8) ? 3 : 0;
        return dash > 0 && text.Length > dash + 1 && text[^(dash + 1)] is (byte)'.' or (byte)',' or (byte)':' && text[^(dash + 2)] is >= (byte)'0' and <= (byte)'9' ? dash + 1 : 0;
    }

    private static int SignAtStart(ReadOnlySpan<byte> text, out bool isMinus)
    {
        isMinus = text[0] == '-' || text.StartsWith("−"u8) || text.StartsWith("–"u8);
        return text[0] is (byte)'-' or (byte)'+' ? 1 : isMinus ? 3 : 0;
    }

    private static int SignAtEnd(ReadOnlySpan<byte> text, out bool isMinus)
    {
        isMinus = text[^1] == '-' || text.EndsWith("−"u8) || text.EndsWith("–"u8);
        return text[^1] is (byte)'-' or (byte)'+' ? 1 : isMinus ? 3 : 0;
    }

    private static bool TryStripExponent(ref ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var at = text.IndexOfAny((byte)'e', (byte)'E');
        if (at < 0)
            return true;
        var digits = text[(at + 1)..];
        text = text[..at];
        var isNegative = false;
        if (!digits.IsEmpty && digits[0] is (byte)'+' or (byte)'-')
        {
            isNegative = digits[0] == '-';
            digits = digits[1..];
        }

        if (digits.IsEmpty || text.IsEmpty)
            return false;
        foreach (var octet in digits)
        {
            if (octet is < (byte)'0' or > (byte)'9')
                return false;
            exponent = Math.Min((exponent * 10) + (octet - '0'), 100_000);
        }

        if (isNegative)
            exponent = -exponent;
        return true;
    }

    /// <summary>Checks the separators and finds where the decimals start, −1 without any.</summary>
    private static ValueFault FindSeparators(ReadOnlySpan<byte> text, DecimalStyle style, out int point)
    {
        point = -1;
        var points = 0;
        var commas = 0;
        var lastPoint = -1;
        var lastComma = -1;
        var digits = 0;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'.':
                    points++;
                    lastPoint = at;
                    break;
                case (byte)',':
                    commas++;
                    lastComma = at;
                    break;
                case >= (byte)'0' and <= (byte)'9':
                    digits++;
                    break;
                default:
                    var length = GroupMarkLength(text[at..]);
                    if (length == 0)
                        return ValueFault.NotANumber;
                    at += length - 1;
                    break;
            }
        }

        if (digits == 0)
            return ValueFault.NotANumber;
        if (style == DecimalStyle.Undecided)
        {
            if (points > 0 && commas > 0)
                style = lastPoint > lastComma ? DecimalStyle.Point : DecimalStyle.Comma;
            else if (points == 1 || commas == 1)
            {
                var only = Math.Max(lastPoint, lastComma);
                if (only is > 0 and <= 3 && text.Length - only - 1 == 3 && digits == text.Length - 1 && text[0] != '0')
                    return ValueFault.AmbiguousSeparator;
                style = points == 1 ? DecimalStyle.Point : DecimalStyle.Comma;
            }
            else
            {
                // Several of one kind can only set thousands apart.
                style = points > 0 ? DecimalStyle.Comma : DecimalStyle.Point;
            }
        }

        var decimals = style == DecimalStyle.Comma ? commas : points;
        if (decimals > 1)
            return ValueFault.MisplacedSeparator;
        point = style == DecimalStyle.Comma ? lastComma : lastPoint;
        return HasSoundGroups(point < 0 ? text : text[..point], point < 0 ? default : text[(point + 1)..])
            ? ValueFault.None
            : ValueFault.MisplacedSeparator;
    }

    /// <summary>Groups of three, or of two before a last one of three, all set apart by the same mark; none among decimals.</summary>
    private static bool HasSoundGroups(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> decimals)
    {
        if (decimals.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            return false;
        var first = whole.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (first < 0)
            return true;
        if (first is 0 or > 3)
            return false;
        var mark = whole.Slice(first, MarkLength(whole[first..]));
        var rest = whole[(first + mark.Length)..];
        var hasTwos = false;
        var hasInnerThrees = false;
        while (true)
        {
            var length = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (length < 0)
                return rest.Length == 3 && !(hasTwos && hasInnerThrees) && !(hasTwos && first > 2);
            if (!rest[length..].StartsWith(mark))
                return false;
            hasTwos |= length == 2;
            hasInnerThrees |= length == 3;
            if (length is not (2 or 3))
                return false;
            rest = rest[(length + mark.Length)..];
        }
    }

    private static int MarkLength(ReadOnlySpan<byte> text) => text[0] is (byte)'.' or (byte)',' ? 1 : GroupMarkLength(text);

    /// <summary>Bytes of a blank or an apostrophe between thousands, 0 for anything else.</summary>
    private static int GroupMarkLength(ReadOnlySpan<byte> text)
    {
        if (text[0] == '\'')
            return 1;
        return text.StartsWith("’"u8) ? 3 : Blanks.LengthAt(text);
    }

    private static ValueFault Assemble(ReadOnlySpan<byte> text, int point, int exponent, bool isNegative, out decimal value)
    {
        value = 0;
        var mantissa = UInt128.Zero;
        var digits = 0;
        var scale = -exponent;
        var hasMore = false;
        for (var at = 0; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit > 9)
                continue;
            var isDecimal = point >= 0 && at > point;
            if (digits < ExactDigits)
            {
                mantissa = (mantissa * 10) + digit;
                digits += mantissa == 0 ? 0 : 1;
                scale += isDecimal ? 1 : 0;
            }
            else
            {
                hasMore |= digit != 0;
                scale -= isDecimal ? 0 : 1;
            }
        }

        if (mantissa == 0)
            scale = Math.Clamp(scale, 0, 28);
        for (; scale < 0; scale++)
        {
            if (mantissa > LargestMantissa)
                return ValueFault.TooLarge;
            mantissa *= 10;
        }

        // Too many digits: drop decimals at once, so that they are rounded once.
        var drop = Math.Max(0, scale - 28);
        while (drop < ExactDigits && mantissa / PowerOfTen(drop) > LargestMantissa)
            drop++;
        if (drop > scale)
            return ValueFault.TooLarge;
        if (drop > 0)
        {
            mantissa = DropDigits(mantissa, drop, hasMore);
            scale -= drop;
        }

        if (mantissa > LargestMantissa)
            return ValueFault.TooLarge;
        value = new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), isNegative && mantissa != 0, (byte)scale);
        return ValueFault.None;
    }

    private static UInt128 DropDigits(UInt128 mantissa, int count, bool hasMore)
    {
        if (count > ExactDigits)
            return 0;
        var unit = PowerOfTen(count);
        var (quotient, rest) = UInt128.DivRem(mantissa, unit);
        var half = unit / 2;
        var isUp = rest > half || (rest == half && (hasMore || UInt128.IsOddInteger(quotient)));
        return isUp ? quotient + 1 : quotient;
    }

    private static UInt128 PowerOfTen(int exponent)
    {
        var power = UInt128.One;
        for (; exponent > 0; exponent--)
            power *= 10;
        return power;
    }
}
