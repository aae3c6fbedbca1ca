namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>Moments as canonical rows write them: <c>2011-12-09T08:26:00Z</c>, with a fraction only where there is one.</summary>
public static class CanonicalTime
{
    /// <summary>Characters without fraction.</summary>
    public const int ShortLength = 20;

    /// <summary>Most characters, with seven digits of fraction.</summary>
    public const int LongLength = 28;

    /// <summary>Writes <paramref name="utcTicks"/> and returns the number of bytes written.</summary>
    public static int Format(long utcTicks, Span<byte> destination)
    {
        var time = new DateTime(utcTicks, DateTimeKind.Utc);
        var (year, month, day) = DateOnly.FromDateTime(time);
        Four(destination, year);
        destination[4] = (byte)'-';
        Two(destination[5..], month);
        destination[7] = (byte)'-';
        Two(destination[8..], day);
        destination[10] = (byte)'T';
        Two(destination[11..], time.Hour);
        destination[13] = (byte)':';
        Two(destination[14..], time.Minute);
        destination[16] = (byte)':';
        Two(destination[17..], time.Second);
        var length = 19;
        var fraction = (int)(utcTicks % TimeSpan.TicksPerSecond);
        if (fraction != 0)
        {
            destination[length++] = (byte)'.';
            for (var scale = 1_000_000; fraction > 0; scale /= 10)
            {
                destination[length++] = (byte)('0' + fraction / scale);
                fraction %= scale;
            }
        }

        destination[length++] = (byte)'Z';
        return length;
    }

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime utc)
    {
        utc = default;
        if (text.Length is < ShortLength or > LongLength || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return false;
        if (!Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute) || !Digits(text[17..19], out var second))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        long fraction = 0;
        if (text.Length > ShortLength)
        {
            if (text[19] != '.' || !Digits(text[20..^1], out var digits))
                return false;
            fraction = digits;
            for (var missing = LongLength - text.Length; missing > 0; missing--)
                fraction *= 10;
        }

        utc = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(fraction);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = 10 * number + digit - '0';
        }

        return true;
    }

    private static void Two(Span<byte> destination, int number)
    {
        destination[0] = (byte)('0' + number / 10);
        destination[1] = (byte)('0' + number % 10);
    }

    private static void Four(Span<byte> destination, int number)
    {
        Two(destination, number / 100);
        Two(destination[2..], number % 100);
    }
}
