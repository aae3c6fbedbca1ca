using System.Buffers.Binary;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Archives;

/// <summary>Reads from the end of a zip archive how many entries it has, before any list of them is made.</summary>
/// <remarks>PKWARE, APPNOTE 6.3.10, sections 4.3.14 to 4.3.16. An entry takes 46 bytes of the archive and ten times as many of memory.</remarks>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LongestComment = ushort.MaxValue;

    /// <exception cref="UnreadableFileException">The end of the archive is missing, or it has more entries than allowed.</exception>
    public static async Task CheckAsync(Stream archive, ContentLimits limits, CancellationToken cancellationToken)
    {
        var length = (int)Math.Min(archive.Length, EndLength + LongestComment + LocatorLength);
        var tail = new byte[length];
        archive.Position = archive.Length - length;
        await archive.ReadExactlyAsync(tail, cancellationToken);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndLength > length)
            throw new UnreadableFileException("The zip archive is cut off: its list of entries is missing at the end. Send the whole file again.");
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        if (entries == ushort.MaxValue && end >= LocatorLength && tail.AsSpan(end - LocatorLength).StartsWith("PK\x06\x07"u8))
        {
            var at = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8));
            if (at < 0 || at > archive.Length - 56)
                throw new UnreadableFileException("The zip archive is damaged: the place of its list of entries lies outside of the file. Pack and send it again.");
            var wide = new byte[40];
            archive.Position = at;
            await archive.ReadExactlyAsync(wide, cancellationToken);
            entries = Math.Max(entries, BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(32)));
        }

        // What the end says may be a lie; the room that the list itself takes is not.
        entries = Math.Max(entries, Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12)), archive.Length) / 4096);
        if (entries > limits.MaximumEntries)
            throw new UnreadableFileException($"The zip archive has {entries} entries; {limits.MaximumEntries} are allowed. Send its files one by one.");
        archive.Position = 0;
    }
}
