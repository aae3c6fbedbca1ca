using System.Buffers.Binary;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>A 64-bit hash of bytes, the same on every machine and in every version.</summary>
internal delegate ulong HashFunction(ReadOnlySpan<byte> bytes);

/// <summary>Hashes of rows. Equal rows, and versions of one row, have the same hash; others mostly have not.</summary>
internal sealed class RowHash(HashFunction hash)
{
    public static RowHash Standard { get; } = new(static bytes => ByteHash.Hash64(bytes));

    public ulong Of(ReadOnlySpan<byte> bytes) => hash(bytes);

    /// <summary>The hash of a row whose columns hash to <paramref name="columns"/> and that also has this attribute.</summary>
    public ulong WithAttribute(ulong columns, ulong name, ReadOnlySpan<byte> csv)
    {
        Span<byte> parts = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(parts, columns);
        BinaryPrimitives.WriteUInt64LittleEndian(parts[8..], name);
        BinaryPrimitives.WriteUInt64LittleEndian(parts[16..], hash(csv));
        return hash(parts);
    }
}
