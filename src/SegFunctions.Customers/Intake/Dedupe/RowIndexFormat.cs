using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>The blob of row hashes beside an upload's rows, all numbers little-endian.</summary>
/// <remarks>
/// 8 bytes magic and version · 257 × 8 bytes: number of hashes before bucket 0 … 255, and in all · the hashes, 8 bytes each, ascending
/// within their bucket.
/// </remarks>
internal static class RowIndexFormat
{
    public const int Buckets = 256;

    public const int HeaderLength = 8 + ((Buckets + 1) * 8);

    public static ReadOnlySpan<byte> Magic => "SEGROWS1"u8;

    /// <summary>What an index begins with.</summary>
    /// <param name="countOf">Hashes of a bucket.</param>
    public static byte[] Header(Func<int, long> countOf)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        long before = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            before += countOf(bucket);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16 + (8 * bucket)), before);
        }

        return header;
    }

    /// <summary>Hashes as the index holds them.</summary>
    public static byte[] Hashes(ulong[] hashes)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(hashes.AsSpan()).ToArray();
        var swapped = new ulong[hashes.Length];
        BinaryPrimitives.ReverseEndianness(hashes, swapped);
        return MemoryMarshal.AsBytes(swapped.AsSpan()).ToArray();
    }
}
