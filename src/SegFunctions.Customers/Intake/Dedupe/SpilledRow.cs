using System.Buffers.Binary;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>How an accepted row waits in its bucket.</summary>
/// <remarks>
/// Layout: identity hash (8 bytes) · length of the dataset's columns (4) · length of the attributes (4) · length of the sealed
/// identifiers (4) · 1 when the row has an identity, else 0 (1) · the three parts. The columns are CSV without line end; an
/// attribute is its number (4), its length as CSV (4) and its CSV text, in the order of the attributes' names, empty ones left out. The
/// sealed part is built the same way, its columns' length first (4).
/// </remarks>
internal readonly ref struct SpilledRow
{
    public const int HeaderLength = 21;

    private readonly ReadOnlySpan<byte> _row;

    private SpilledRow(ReadOnlySpan<byte> row) => _row = row;

    public ulong Hash => BinaryPrimitives.ReadUInt64LittleEndian(_row);

    public bool HasIdentity => _row[20] != 0;

    public ReadOnlySpan<byte> Columns => _row.Slice(HeaderLength, ColumnsLength);

    public ReadOnlySpan<byte> Attributes => _row.Slice(HeaderLength + ColumnsLength, AttributesLength);

    /// <summary>Columns and attributes: equal bytes are equal rows of one file.</summary>
    public ReadOnlySpan<byte> Content => _row.Slice(HeaderLength, ColumnsLength + AttributesLength);

    public ReadOnlySpan<byte> SealedColumns
    {
        get
        {
            var part = Sealed;
            return part.Length == 0 ? part : part.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(part));
        }
    }

    public ReadOnlySpan<byte> SealedAttributes
    {
        get
        {
            var part = Sealed;
            return part.Length == 0 ? part : part[(4 + BinaryPrimitives.ReadInt32LittleEndian(part))..];
        }
    }

    public int Length => HeaderLength + ColumnsLength + AttributesLength + SealedLength;

    private int ColumnsLength => BinaryPrimitives.ReadInt32LittleEndian(_row[8..]);

    private int AttributesLength => BinaryPrimitives.ReadInt32LittleEndian(_row[12..]);

    private int SealedLength => BinaryPrimitives.ReadInt32LittleEndian(_row[16..]);

    private ReadOnlySpan<byte> Sealed => _row.Slice(HeaderLength + ColumnsLength + AttributesLength, SealedLength);

    /// <summary>The row that starts at the start of <paramref name="bytes"/>.</summary>
    public static SpilledRow At(ReadOnlySpan<byte> bytes)
    {
        var row = new SpilledRow(bytes);
        return new SpilledRow(bytes[..row.Length]);
    }

    /// <summary>Length of the row whose header starts at the start of <paramref name="bytes"/>.</summary>
    public static int LengthAt(ReadOnlySpan<byte> bytes) => new SpilledRow(bytes).Length;

    public static ulong HashAt(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    public static void WriteHeader(Span<byte> header, ulong hash, int columns, int attributes, int sealedPart, bool hasIdentity)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(header, hash);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], columns);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], attributes);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], sealedPart);
        header[20] = hasIdentity ? (byte)1 : (byte)0;
    }
}
