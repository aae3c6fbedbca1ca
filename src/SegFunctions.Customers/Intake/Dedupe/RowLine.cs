namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Reads single rows of buckets, as lines. The line stands until the next one is read.</summary>
/// <param name="columns">How many columns the dataset has.</param>
internal sealed class RowLine(FrequentWords words, int columns)
{
    private readonly RowUnpacking _unpacking = new(words);
    private byte[] _packed = [];
    private byte[] _line = [];

    /// <param name="ordinal">Position of the row in the bucket.</param>
    /// <param name="offset">Where it lies among the packed rows.</param>
    public ReadOnlySpan<byte> Read(RowBucket rows, int ordinal, long offset, RowMark mark)
    {
        Make(ref _packed, mark.PackedLength + RowPacking.Slack);
        Make(ref _line, mark.LineLength + RowPacking.Slack);
        rows.ReadPacked(offset, _packed.AsSpan(0, mark.PackedLength));
        _unpacking.Unpack(_packed, rows.Number, mark, columns + rows.WidthOf(ordinal).Attributes, _line);
        return _line.AsSpan(0, mark.LineLength);
    }

    private static void Make(ref byte[] bytes, int length)
    {
        if (bytes.Length < length)
            bytes = new byte[Math.Max(length, 1024)];
    }
}
