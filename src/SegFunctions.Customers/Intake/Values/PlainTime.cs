using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Reads dates as ISO 8601 writes them, <c>2024-01-31</c>, <c>2024-01-31T23:59:59</c> (or with a blank) and with <c>Z</c> behind: what most dates of most files are. For one thread.</summary>
/// <remarks>The last day is remembered, for files tend to be in the order of time. Everything else is <see cref="DateText"/>'s, which reads these dates in the same way.</remarks>
internal sealed class PlainTime
{
    private const int DayLength = 10;
    private const ulong Colons = 0x00003A00003A0000;
    private const ulong ColonBytes = 0x0000FF0000FF0000;
    private const ulong Zeros = 0x3030303030303030;

    private ulong _lastDayStart;
    private ushort _lastDayEnd;
    private long _lastDay;

    /// <param name="ticks">As the text's clock shows it.</param>
    /// <param name="hasOffset">The text says that this is UTC.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryParse(ReadOnlySpan<byte> text, out long ticks, out bool hasOffset)
    {
        ticks = 0;
        hasOffset = text.Length == DayLength + 10;
        if (text.Length is not (DayLength or DayLength + 9 or DayLength + 10))
            return false;
        var start = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var end = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
        if ((start != _lastDayStart || end != _lastDayEnd) && !TryParseDay(text, start, end))
            return false;
        ticks = _lastDay;
        if (text.Length == DayLength)
            return true;
        if (text[DayLength] is not ((byte)'T' or (byte)' ') || (hasOffset && text[^1] != 'Z'))
            return false;
        var clock = BinaryPrimitives.ReadUInt64LittleEndian(text[(DayLength + 1)..]);
        if ((clock & ColonBytes) != Colons)
            return false;
        clock = (clock & ~ColonBytes) | (Zeros & ColonBytes);
        if (((clock + 0x4646464646464646 | clock - Zeros) & 0x8080808080808080) != 0)
            return false;

        // Tens and ones of hours, minutes and seconds meet in the bytes 1, 4 and 7.
        clock -= Zeros;
        clock = (clock << 3) + (clock << 1) + (clock >> 8);
        var (hours, minutes, seconds) = ((byte)clock, (byte)(clock >> 24), (byte)(clock >> 48));
        if (hours > 23 || minutes > 59 || seconds > 59)
            return false;
        ticks += ((hours * 3600) + (minutes * 60) + seconds) * TimeSpan.TicksPerSecond;
        return true;
    }

    private bool TryParseDay(ReadOnlySpan<byte> text, ulong start, ushort end)
    {
        if (text[4] != '-' || text[7] != '-')
            return false;
        if (!Two(text, 0, out var century) || !Two(text, 2, out var year) || !Two(text, 5, out var month) || !Two(text, 8, out var day))
            return false;
        year += 100 * century;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        _lastDay = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks;
        (_lastDayStart, _lastDayEnd) = (start, end);
        return true;
    }

    private static bool Two(ReadOnlySpan<byte> text, int at, out int number)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        number = (int)((10 * tens) + ones);
        return tens <= 9 && ones <= 9;
    }
}
