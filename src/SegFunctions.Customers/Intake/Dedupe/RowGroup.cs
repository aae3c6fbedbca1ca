using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Rows of a batch that go to one bucket, in the batch's order. Used again for later batches.</summary>
internal sealed class RowGroup
{
    private RowMark[] _marks = new RowMark[32];
    private byte[] _packed = new byte[2048];
    private int _count;
    private int _packedLength;

    public ReadOnlySpan<RowMark> Marks => _marks.AsSpan(0, _count);

    /// <summary>Their packed lines.</summary>
    public ReadOnlySpan<byte> Packed => _packed.AsSpan(0, _packedLength);

    /// <summary>Their sealed lines.</summary>
    public ByteWriter Sealed { get; } = new(0);

    /// <summary>Adds a row whose sealed line is the last of those written.</summary>
    public void Add(in RowMark mark, RowPacking packing)
    {
        if (_count == _marks.Length)
            Array.Resize(ref _marks, 2 * _count);
        var end = _packedLength + mark.PackedLength;
        if (_packed.Length - end < RowPacking.Slack)
            Array.Resize(ref _packed, Math.Max(2 * _packed.Length, checked(end + RowPacking.Slack)));
        packing.CopyTo(ref _packed[_packedLength]);
        _packedLength = end;
        _marks[_count++] = mark;
    }

    public void Clear()
    {
        (_count, _packedLength) = (0, 0);
        Sealed.Clear();
    }
}
