using System.Buffers.Text;
using System.Globalization;

namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>Numbers as canonical rows write them: a point, no grouping, no trailing zeros, no minus before zero.</summary>
internal static class CanonicalNumber
{
    /// <summary>Most bytes of a number.</summary>
    public const int Length = 40;

    /// <summary>Writes the number and returns the number of bytes written.</summary>
    public static int Format(decimal number, Span<byte> target)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var scale = parts[3] >> 16 & 0xFF;
        if (parts[2] != 0 || parts[1] < 0 || scale > 18)
            return FormatAny(number, target);
        var mantissa = (ulong)(uint)parts[1] << 32 | (uint)parts[0];
        if (mantissa == 0)
        {
            target[0] = (byte)'0';
            return 1;
        }

        for (; scale > 0 && mantissa % 10 == 0; scale--)
            mantissa /= 10;
        var length = 0;
        if (parts[3] < 0)
            target[length++] = (byte)'-';
        Utf8Formatter.TryFormat(mantissa, target[length..], out var digits);
        if (scale == 0)
            return length + digits;
        if (digits <= scale)
        {
            // 0.05: zeros stand between the point and the digits.
            var zeros = scale - digits;
            target.Slice(length, digits).CopyTo(target[(length + 2 + zeros)..]);
            target[length] = (byte)'0';
            target[length + 1] = (byte)'.';
            target.Slice(length + 2, zeros).Fill((byte)'0');
            return length + 2 + scale;
        }

        target.Slice(length + digits - scale, scale).CopyTo(target[(length + digits - scale + 1)..]);
        target[length + digits - scale] = (byte)'.';
        return length + digits + 1;
    }

    private static int FormatAny(decimal number, Span<byte> target)
    {
        number.TryFormat(target, out var length, provider: CultureInfo.InvariantCulture);
        if (number == 0)
        {
            target[0] = (byte)'0';
            return 1;
        }

        ReadOnlySpan<byte> written = target[..length];
        return written.Contains((byte)'.') ? written.TrimEnd((byte)'0').TrimEnd((byte)'.').Length : length;
    }
}
