using System.Buffers.Binary;

namespace SegFunctions.Customers.Intake.Encodings;

/// <summary>The check sum of gzip (RFC 1952, section 8), eight bytes at a time.</summary>
/// <remarks>Slicing-by-8: M. E. Kounavis and F. L. Berry, "A Systematic Approach to Building High Performance Software-Based CRC Generators" (ISCC 2005).</remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Tables = BuildTables();

    /// <summary>Continues <paramref name="crc"/>, 0 at the start, over more bytes.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables.AsSpan();
        crc = ~crc;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 * 256) + (byte)low] ^ tables[(6 * 256) + (byte)(low >> 8)]
                ^ tables[(5 * 256) + (byte)(low >> 16)] ^ tables[(4 * 256) + (int)(low >> 24)]
                ^ tables[(3 * 256) + (byte)high] ^ tables[(2 * 256) + (byte)(high >> 8)]
                ^ tables[256 + (byte)(high >> 16)] ^ tables[(int)(high >> 24)];
        }

        foreach (var octet in bytes)
            crc = tables[(byte)(crc ^ octet)] ^ crc >> 8;
        return ~crc;
    }

    private static uint[] BuildTables()
    {
        var tables = new uint[8 * 256];
        for (var octet = 0; octet < 256; octet++)
        {
            var crc = (uint)octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            tables[octet] = crc;
        }

        for (var at = 256; at < tables.Length; at++)
            tables[at] = tables[at - 256] >> 8 ^ tables[(byte)tables[at - 256]];
        return tables;
    }
}
