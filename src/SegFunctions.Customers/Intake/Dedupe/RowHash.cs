using System.Buffers.Binary;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>A 64-bit hash of bytes, the same on every machine and in every version.</summary>
internal delegate ulong ByteHash(ReadOnlySpan<byte> bytes);

/// <summary>Hashes of rows. Equal rows, and versions of one row, have the same hash; others mostly have not.</summary>
internal sealed class RowHash(ByteHash hash)
{
    public static RowHash Standard { get; } = new(Hash64.Compute);

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
