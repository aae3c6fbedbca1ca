using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SegFunctions.Customers.Text;

/// <summary>Up to sixteen bytes in two numbers, so that short texts are compared and looked up without a loop.</summary>
/// <remarks>The numbers overlap where the text is shorter than both; with the length they hold every byte, so equal ones are equal texts.</remarks>
internal readonly record struct ShortText(ulong Low, ulong High, int Length)
{
    /// <summary>Bytes of the longest text.</summary>
    public const int Longest = 16;

    /// <param name="text">1 to <see cref="Longest"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortText Of(ReadOnlySpan<byte> text)
    {
        if (text.Length >= 8)
            return new ShortText(BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]), text.Length);
        if (text.Length >= 4)
            return new ShortText(BinaryPrimitives.ReadUInt32LittleEndian(text), BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]), text.Length);
        return new ShortText((ulong)text[0] | (ulong)text[text.Length >> 1] << 8 | (ulong)text[^1] << 16, 0, text.Length);
    }

    /// <summary>A number that depends on every byte; the upper bits are the best.</summary>
    public ulong Mixed => (Low ^ (High * 0x9E3779B97F4A7C15) ^ (ulong)Length) * 0xD6E8FEB86659FD93;
}
