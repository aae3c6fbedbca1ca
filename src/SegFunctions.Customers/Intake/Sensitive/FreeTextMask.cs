using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>Takes direct identifiers out of running text: <c>call me on 06 12 34 56 78</c> becomes <c>call me on [phone]</c>.</summary>
/// <remarks>
/// Masked are e-mail addresses, also with the sign escaped as in web addresses, telephone numbers (<see cref="PhoneText"/>) with blanks and hyphens of any width, numbers of payment cards and IBANs with right check digits. Digits alone
/// are ids of something and stay: numbers are looked for only where letters stand beside them. For one thread; used again for each value.
/// </remarks>
internal sealed class FreeTextMask
{
    private const int Shortest = 6;
    private const int MostDigits = 48;

    /// <summary>Signs that may stand between two groups of digits, as in <c>30 / 123</c>.</summary>
    private const int WidestGap = 3;

    private readonly ByteWriter _masked = new(256);

    /// <summary>The text without identifiers: the text itself where there is none. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text, out bool isMasked)
    {
        isMasked = false;
        if (text.Length < Shortest)
            return text;
        // Besides the sign itself what may begin another spelling of it.
        var hasAt = text.IndexOfAny((byte)'@', (byte)'%', FullWidth[0]) >= 0;
        var hasNumbers = text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0 && HasLetters(text);
        if (!hasAt && !hasNumbers)
            return text;
        _masked.Clear();
        var kept = 0;
        for (var place = 0; place < text.Length; place++)
        {
            var length = 0;
            var start = place;
            ReadOnlySpan<byte> mask = default;
            if (hasAt && AtSign(text[place..]) is > 0 and var sign)
            {
                (start, length) = Address(text, place, sign, kept);
                mask = "[email]"u8;
            }
            else if (hasNumbers && IsStart(text, place))
            {
                mask = "[iban]"u8;
                length = char.IsAsciiLetter((char)text[place]) ? Iban(text[place..]) : Number(text[place..], out mask);
            }

            if (length == 0)
                continue;
            _masked.Add(text[kept..start]);
            _masked.Add(mask);
            kept = start + length;
            place = kept - 1;
            isMasked = true;
        }

        if (!isMasked)
            return text;
        _masked.Add(text[kept..]);
        return _masked.Written;
    }

    private static ReadOnlySpan<byte> FullWidth => "＠"u8;

    /// <summary>Bytes of the sign of an address that the text begins with, or 0.</summary>
    private static int AtSign(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'@' => 1,
        (byte)'%' when text.StartsWith("%40"u8) => 3,
        _ when text.StartsWith(FullWidth) => FullWidth.Length,
        _ => 0,
    };

    private static bool HasLetters(ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            if (char.IsAsciiLetter((char)character) || character >= 0x80)
                return true;
        }

        return false;
    }

    /// <summary>A number or an IBAN may start here: no letter or digit stands right before.</summary>
    private static bool IsStart(ReadOnlySpan<byte> text, int place)
    {
        var character = text[place];
        if (!char.IsAsciiDigit((char)character) && character is not ((byte)'+' or (byte)'(') && !(char.IsAsciiLetterUpper((char)character) && place + 4 < text.Length && char.IsAsciiDigit((char)text[place + 2])))
            return false;
        return place == 0 || (!char.IsAsciiLetterOrDigit((char)text[place - 1]) && text[place - 1] is not ((byte)'.' or (byte)',' or (byte)'-' or (byte)'_' or (byte)'+'));
    }

    private static (int Start, int Length) Address(ReadOnlySpan<byte> text, int at, int sign, int floor)
    {
        var start = at;
        while (start > floor && (char.IsAsciiLetterOrDigit((char)text[start - 1]) || text[start - 1] >= 0x80 || "._%+'-"u8.Contains(text[start - 1])))
            start--;
        var end = at + sign;
        var lastPoint = -1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] >= 0x80 || text[end] is (byte)'.' or (byte)'-'))
        {
            if (text[end] == '.' && end + 1 < text.Length && char.IsAsciiLetter((char)text[end + 1]))
                lastPoint = end;
            end++;
        }

        if (start == at || lastPoint < at + sign + 1)
            return (at, 0);
        end = lastPoint + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] == '-'))
            end++;
        return end - lastPoint < 3 ? (at, 0) : (start, end - start);
    }

    /// <summary>Length of the card or telephone number that the text starts with, or 0.</summary>
    private static int Number(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> mask)
    {
        mask = default;
        Span<byte> digits = stackalloc byte[MostDigits];
        // The text as it would be with plain blanks and hyphens.
        Span<byte> plain = stackalloc byte[MostDigits * (1 + WidestGap)];
        var (count, end) = (0, 0);
        var (written, plainEnd) = (0, 0);
        for (var reach = 0; reach < text.Length && count < MostDigits && written < plain.Length;)
        {
            var character = text[reach];
            var length = 1;
            if (char.IsAsciiDigit((char)character))
                digits[count++] = character;
            else if (!(character == '+' && reach == 0) && (written - plainEnd >= WidestGap || (length = Gap(text[reach..], ref character)) == 0))
                break;
            reach += length;
            plain[written++] = character;
            if (char.IsAsciiDigit((char)character))
                (end, plainEnd) = (reach, written);
        }

        plain = plain[..plainEnd];

        // A letter right behind the digits makes them part of a name or code.
        if (count < 8 || (end < text.Length && (char.IsAsciiLetter((char)text[end]) || text[end] == '_')))
            return 0;
        if (CheckDigits.IsCard(digits[..count]))
        {
            mask = "[card]"u8;
            return end;
        }

        if (!PhoneText.IsPhone(plain) && !(count == 10 && end == 10 && text[0] == '0'))
            return 0;
        mask = "[phone]"u8;
        return end;
    }

    /// <summary>Bytes of the sign between groups of digits that the text begins with, or 0; blanks and hyphens of other widths are told as the plain ones.</summary>
    private static int Gap(ReadOnlySpan<byte> text, ref byte character)
    {
        if (" .-/()"u8.Contains(text[0]))
            return 1;
        if (text.StartsWith("\u00A0"u8))
        {
            character = (byte)' ';
            return 2;
        }

        // U+2000 to U+200A and U+202F are blanks, U+2010 to U+2015 hyphens and dashes.
        if (text.Length < 3 || text[0] != 0xE2 || text[1] != 0x80)
            return 0;
        character = text[2] switch
        {
            <= 0x8A or 0xAF => (byte)' ',
            >= 0x90 and <= 0x95 => (byte)'-',
            _ => 0,
        };
        return character == 0 ? 0 : 3;
    }

    private static int Iban(ReadOnlySpan<byte> text)
    {
        var wanted = CheckDigits.IbanLength(text);
        if (wanted == 0)
            return 0;
        Span<byte> bare = stackalloc byte[wanted];
        var length = 0;
        var place = 0;
        for (; place < text.Length && length < wanted; place++)
        {
            if (char.IsAsciiLetterOrDigit((char)text[place]))
                bare[length++] = text[place];
            else if (text[place] != ' ')
                return 0;
        }

        return length == wanted && (place == text.Length || !char.IsAsciiLetterOrDigit((char)text[place])) && CheckDigits.IsIban(bare) ? place : 0;
    }
}
