using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Writes the canonical lines of rows.</summary>
internal sealed class RowWriting(CanonicalLayout layout, AttributeNames attributes, FrequentWords words) : LineWriting(layout, attributes)
{
    private readonly RowUnpacking _unpacking = new(words);
    private readonly int _columns = layout.Columns.Count;

    protected override int LengthOf(in RowMark mark) => mark.LineLength;

    protected override int StoredLengthOf(in RowMark mark) => mark.PackedLength;

    protected override int AttributesOf(LineWidth width) => width.Attributes;

    protected override void Read(RowBucket rows, long start, Span<byte> stored) => rows.ReadPacked(start, stored);

    protected override void WriteLine(ReadOnlySpan<byte> stored, byte bucket, in RowMark mark, int attributes, Span<byte> line) =>
        _unpacking.Unpack(stored, bucket, mark, _columns + attributes, line);
}
