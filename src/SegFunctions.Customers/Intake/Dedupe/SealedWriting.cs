using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Writes the sealed identifiers of rows, which wait as they are.</summary>
internal sealed class SealedWriting(CanonicalLayout layout, AttributeNames attributes) : LineWriting(layout, attributes)
{
    protected override int LengthOf(in RowMark mark) => mark.SealedLength;

    protected override int StoredLengthOf(in RowMark mark) => mark.SealedLength;

    protected override int AttributesOf(LineWidth width) => width.SealedAttributes;

    protected override void Read(RowBucket rows, long start, Span<byte> stored) => rows.ReadSealed(start, stored);

    protected override void WriteLine(ReadOnlySpan<byte> stored, byte bucket, in RowMark mark, int attributes, Span<byte> line) => stored[..mark.SealedLength].CopyTo(line);
}
