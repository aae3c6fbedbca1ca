using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Customers.Identity.Strings;

/// <summary>Where in a short text a letter stands, as bits: the one question of bit-parallel string distances.</summary>
internal static class EqualBytes
{
    /// <summary>Longest text that fits into the bits.</summary>
    public const int Longest = 64;

    /// <summary>Bit i says whether byte i of the text is <paramref name="letter"/>.</summary>
    /// <param name="start">First byte of the text; 64 bytes from there must be readable, whatever they hold.</param>
    /// <param name="length">At most 64; bits beyond are not set.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mask(ref byte start, int length, byte letter)
    {
        // Names are short: one vector of sixteen bytes holds nearly all of them.
        ulong bits = Vector128.Equals(Vector128.LoadUnsafe(ref start), Vector128.Create(letter)).ExtractMostSignificantBits();
        if (length > 16)
        {
            bits |= (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref start, 16), Vector128.Create(letter)).ExtractMostSignificantBits() << 16;
            if (length > 32)
                bits |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref start, 32), Vector256.Create(letter)).ExtractMostSignificantBits() << 32;
        }

        return bits & Low(length);
    }

    /// <summary>The lowest <paramref name="count"/> bits; all for 64 and more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Low(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>A text with the readable bytes behind it that <see cref="Mask"/> asks for; cut at 64.</summary>
    public static byte[] Padded(ReadOnlySpan<byte> text)
    {
        var padded = new byte[Longest * 2];
        text[..Math.Min(text.Length, Longest)].CopyTo(padded);
        return padded;
    }

    internal static ref byte First(byte[] padded) => ref MemoryMarshal.GetArrayDataReference(padded);
}
