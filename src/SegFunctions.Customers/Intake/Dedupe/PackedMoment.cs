using System.Runtime.CompilerServices;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>A moment of whole seconds, <c>2011-12-09T08:26:00Z</c>, as five bytes: its seven pairs of digits side by side.</summary>
internal static class PackedMoment
{
    // Of each pair, its place in the text and how far it is shifted; years have two pairs of seven bits, months four, days and hours five, minutes and seconds six.
    private const int Century = 33;
    private const int Year = 26;
    private const int Month = 22;
    private const int Day = 17;
    private const int Hour = 12;
    private const int Minute = 6;

    private static readonly ushort[] Pairs = [.. Enumerable.Range(0, 128).Select(number => (ushort)(('0' + number / 10 % 10) | ('0' + number % 10) << 8))];

    /// <param name="text">Twenty bytes.</param>
    /// <param name="packed">Room for eight, of which five are used.</param>
    /// <returns>False when the text is none, or none whose numbers have room.</returns>
    public static bool TryPack(ref byte text, ref byte packed)
    {
        const ulong DaySigns = 0xFF_00_00_FF_00_00_00_00;
        var start = Unsafe.ReadUnaligned<ulong>(ref text);
        if ((start & DaySigns) != ((ulong)'-' << 32 | (ulong)'-' << 56))
            return false;
        if (At(ref text, 10) != 'T' || At(ref text, 13) != ':' || At(ref text, 16) != ':' || At(ref text, 19) != 'Z')
            return false;
        var (month, day, hour, minute, second) = (Pair(ref text, 5), Pair(ref text, 8), Pair(ref text, 11), Pair(ref text, 14), Pair(ref text, 17));
        var (century, year) = (Pair(ref text, 0), Pair(ref text, 2));
        if ((century | year) > 127 || month > 15 || (day | hour) > 31 || (minute | second) > 63)
            return false;
        Unsafe.WriteUnaligned(ref packed, (ulong)century << Century | (ulong)year << Year | month << Month | day << Day | hour << Hour | minute << Minute | second);
        return true;
    }

    /// <param name="packed">Eight bytes, of which five tell.</param>
    /// <param name="text">Room for twenty bytes.</param>
    public static void Unpack(ref byte packed, ref byte text)
    {
        var value = Unsafe.ReadUnaligned<ulong>(ref packed);
        ref var pairs = ref Pairs[0];
        Write(ref text, 0, Unsafe.Add(ref pairs, (int)(value >> Century) & 127));
        Write(ref text, 2, Unsafe.Add(ref pairs, (int)(value >> Year) & 127));
        Write(ref text, 5, Unsafe.Add(ref pairs, (int)(value >> Month) & 15));
        Write(ref text, 8, Unsafe.Add(ref pairs, (int)(value >> Day) & 31));
        Write(ref text, 11, Unsafe.Add(ref pairs, (int)(value >> Hour) & 31));
        Write(ref text, 14, Unsafe.Add(ref pairs, (int)(value >> Minute) & 63));
        Write(ref text, 17, Unsafe.Add(ref pairs, (int)value & 63));
        Unsafe.Add(ref text, 4) = (byte)'-';
        Unsafe.Add(ref text, 7) = (byte)'-';
        Unsafe.Add(ref text, 10) = (byte)'T';
        Unsafe.Add(ref text, 13) = (byte)':';
        Unsafe.Add(ref text, 16) = (byte)':';
        Unsafe.Add(ref text, CanonicalTime.ShortLength - 1) = (byte)'Z';
    }

    private static byte At(ref byte text, int place) => Unsafe.Add(ref text, place);

    /// <summary>The number that two digits make, or more than any has room for.</summary>
    private static uint Pair(ref byte text, int place)
    {
        var tens = (uint)At(ref text, place) - '0';
        var ones = (uint)At(ref text, place + 1) - '0';
        return tens > 9 || ones > 9 ? 1024 : (10 * tens) + ones;
    }

    private static void Write(ref byte text, int place, ushort pair) => Unsafe.WriteUnaligned(ref Unsafe.Add(ref text, place), pair);
}
