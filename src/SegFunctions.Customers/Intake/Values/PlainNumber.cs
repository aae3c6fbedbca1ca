using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>A number of at most eight digits, with a minus before and decimals behind where it has them: what most numbers of most files are.</summary>
/// <remarks>
/// Eight digits are read at once, without a loop (D. Lemire, "Quickly parsing eight digits", 2018; W. Muła's SWAR conversion). Everything else is <see cref="NumberText"/>'s,
/// which reads these numbers in the same way.
/// </remarks>
/// <param name="Mantissa">The digits, below 10⁸ in magnitude.</param>
/// <param name="Scale">Digits behind the decimal sign, 0 to 6.</param>
/// <param name="IsUnpadded">No zeros stand before it, and no minus before zero: no other text has this mantissa and scale.</param>
/// <param name="IsCanonical">With a point for its decimal sign, the text is what canonical rows write.</param>
internal readonly record struct PlainNumber(int Mantissa, int Scale, bool IsUnpadded, bool IsCanonical)
{
    /// <summary>Magnitude below which every mantissa lies.</summary>
    public const int Limit = 100_000_000;

    /// <summary>Scales there are: 0 to 6.</summary>
    public const int Scales = 7;

    private const ulong Ones = 0x0101010101010101;
    private const ulong Tops = 0x8080808080808080;
    private const ulong Zeros = 0x3030303030303030;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];

    /// <param name="separator">The decimal sign.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> text, byte separator, out PlainNumber number)
    {
        number = default;
        if (text.IsEmpty)
            return false;
        var isNegative = text[0] == '-';
        if (isNegative)
            text = text[1..];
        var length = text.Length;
        if (length is 0 or > 8)
            return false;
        var bytes = Load(text);

        // Where the decimal sign stands, 8 without one: the first byte that is zero after the comparison.
        var compared = bytes ^ (Ones * separator);
        var found = (compared - Ones) & ~compared & Tops;
        var scale = 0;
        if (found != 0)
        {
            var point = BitOperations.TrailingZeroCount(found) >> 3;
            scale = length - 1 - point;
            if (point == 0 || scale == 0)
                return false;
            var before = (1UL << (8 * point)) - 1;
            bytes = (bytes & before) | (bytes >> 8 & ~before);
            length--;
        }

        // The digits move to the end, and zeros before them.
        var digits = length == 8 ? bytes : (bytes << (8 * (8 - length))) | (Zeros >> (8 * length));
        if (((digits + 0x4646464646464646 | digits - Zeros) & Tops) != 0)
            return false;
        var whole = length - scale;
        var isUnpadded = whole == 1 || (byte)bytes != '0';
        var endsInZero = scale > 0 && digits >> 56 == '0';
        digits -= Zeros;
        digits = (digits * 10) + (digits >> 8);
        var mantissa = (int)((((digits & 0x000000FF000000FF) * 0x000F424000000064) + ((digits >> 16 & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
        isUnpadded &= !(isNegative && mantissa == 0);
        number = new PlainNumber(isNegative ? -mantissa : mantissa, scale, isUnpadded, isUnpadded && !endsInZero);
        return true;
    }

    /// <summary>The number itself.</summary>
    public decimal ToDecimal() => new(Math.Abs(Mantissa), 0, 0, Mantissa < 0, (byte)Scale);

    /// <summary>The nearest double.</summary>
    public double ToDouble() => Mantissa / Powers[Scale];

    /// <summary>The text's bytes, the first one lowest, zeros above the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        if (length == 8)
            return BinaryPrimitives.ReadUInt64LittleEndian(text);
        if (length >= 4)
            return BinaryPrimitives.ReadUInt32LittleEndian(text) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]) << (8 * (length - 4));
        return text[0] | (ulong)text[length >> 1] << (8 * (length >> 1)) | (ulong)text[^1] << (8 * (length - 1));
    }
}
