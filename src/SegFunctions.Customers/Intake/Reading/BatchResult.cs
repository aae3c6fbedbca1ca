using System.Runtime.InteropServices;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What a worker made of one batch. Used again for later batches.</summary>
internal sealed class BatchResult
{
    private readonly List<RowMark> _marks = [];
    private readonly List<byte> _buckets = [];
    private readonly int[] _rowsBefore = new int[RowIndexFormat.Buckets + 1];
    private readonly int[] _packedBefore = new int[RowIndexFormat.Buckets + 1];
    private readonly int[] _sealedBefore = new int[RowIndexFormat.Buckets + 1];
    private RowMark[] _groupedMarks = [];
    private byte[] _groupedPacked = [];
    private byte[] _groupedSealed = [];

    /// <summary>Packed lines of the accepted rows, in the batch's order.</summary>
    public ByteWriter Packed { get; } = new(1 << 16);

    /// <summary>Their sealed lines.</summary>
    public ByteWriter Sealed { get; } = new(0);

    /// <summary>The attributes that the lines hold.</summary>
    public LineWidth Width { get; set; }

    /// <summary>Refused rows as lines of the quarantine.</summary>
    public ByteWriter Quarantine { get; } = new(1 << 12);

    /// <summary>Columns whose reading a value contradicts.</summary>
    public List<(int Column, Contradiction Contradiction)> Contradictions { get; } = [];

    /// <summary>The line that was written last, and its sealed line, are a row of that bucket.</summary>
    public void AddRow(byte bucket, RowMark mark)
    {
        _marks.Add(mark);
        _buckets.Add(bucket);
    }

    /// <summary>Brings rows of one bucket together, so that they can be put away as a whole.</summary>
    public void Group()
    {
        Array.Clear(_rowsBefore);
        Array.Clear(_packedBefore);
        Array.Clear(_sealedBefore);
        var marks = CollectionsMarshal.AsSpan(_marks);
        var buckets = CollectionsMarshal.AsSpan(_buckets);
        for (var row = 0; row < marks.Length; row++)
        {
            var next = buckets[row] + 1;
            _rowsBefore[next]++;
            _packedBefore[next] += marks[row].PackedLength;
            _sealedBefore[next] += marks[row].SealedLength;
        }

        for (var bucket = 1; bucket <= RowIndexFormat.Buckets; bucket++)
        {
            _rowsBefore[bucket] += _rowsBefore[bucket - 1];
            _packedBefore[bucket] += _packedBefore[bucket - 1];
            _sealedBefore[bucket] += _sealedBefore[bucket - 1];
        }

        if (_groupedMarks.Length < marks.Length)
            _groupedMarks = new RowMark[marks.Length + (marks.Length >> 2)];
        Make(ref _groupedPacked, Packed.Length);
        Make(ref _groupedSealed, Sealed.Length);
        Place(marks, buckets);
    }

    /// <summary>Adds the rows to their buckets, once they are grouped.</summary>
    public void PutInto(RowBucket[] buckets)
    {
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            buckets[bucket].Add(
                _groupedMarks.AsSpan(_rowsBefore[bucket].._rowsBefore[bucket + 1]),
                _groupedPacked.AsSpan(_packedBefore[bucket].._packedBefore[bucket + 1]),
                _groupedSealed.AsSpan(_sealedBefore[bucket].._sealedBefore[bucket + 1]),
                Width);
        }
    }

    public void Clear()
    {
        _marks.Clear();
        _buckets.Clear();
        Packed.Clear();
        Sealed.Clear();
        Quarantine.Clear();
        Contradictions.Clear();
    }

    private void Place(ReadOnlySpan<RowMark> marks, ReadOnlySpan<byte> buckets)
    {
        Span<(int Row, int Packed, int Sealed)> next = stackalloc (int, int, int)[RowIndexFormat.Buckets];
        for (var bucket = 0; bucket < next.Length; bucket++)
            next[bucket] = (_rowsBefore[bucket], _packedBefore[bucket], _sealedBefore[bucket]);
        var packed = Packed.Written;
        var sealedLines = Sealed.Written;
        for (var row = 0; row < marks.Length; row++)
        {
            ref var place = ref next[buckets[row]];
            ref readonly var mark = ref marks[row];
            _groupedMarks[place.Row++] = mark;
            packed[..mark.PackedLength].CopyTo(_groupedPacked.AsSpan(place.Packed));
            packed = packed[mark.PackedLength..];
            place.Packed += mark.PackedLength;
            if (mark.SealedLength == 0)
                continue;
            sealedLines[..mark.SealedLength].CopyTo(_groupedSealed.AsSpan(place.Sealed));
            sealedLines = sealedLines[mark.SealedLength..];
            place.Sealed += mark.SealedLength;
        }
    }

    private static void Make(ref byte[] bytes, int length)
    {
        if (bytes.Length < length)
            bytes = GC.AllocateUninitializedArray<byte>(length + (length >> 2));
    }
}
