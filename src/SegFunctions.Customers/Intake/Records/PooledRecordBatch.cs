using System.Buffers;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>A batch over one pooled block of input, whose fields are slices of it.</summary>
/// <remarks>
/// Only fields that do not stand in the block as they read (doubled quotes, JSON escapes) are copied, to a side buffer that
/// is filled before the batch leaves the reader. So any number of threads may read a batch; the last of them disposes it.
/// </remarks>
internal sealed class PooledRecordBatch : RecordBatch
{
    /// <summary>Bytes of a record that <see cref="Raw"/> shows at most.</summary>
    public const int RawLimit = 64 * 1024;

    private readonly RecordFault[] _faults;
    private readonly RecordPlace? _place;
    private int _firstRecord;
    private byte[] _block;
    private byte[] _side;
    private FieldSlice[] _fields;
    private RecordEntry[] _records;
    private int _count;

    internal PooledRecordBatch(byte[] block, byte[] side, FieldSlice[] fields, RecordEntry[] records, int count, RecordFault[] faults, RecordPlace? place)
    {
        _block = block;
        _side = side;
        _fields = fields;
        _records = records;
        _count = count;
        _faults = faults;
        _place = place;
    }

    public override int Count => _count;

    public override long Line(int record) => Entry(record).Line;

    public override int FieldCount(int record) => Entry(record).FieldCount;

    public override ReadOnlySpan<byte> Field(int record, int column)
    {
        ref readonly var entry = ref Entry(record);
        return (uint)column < (uint)entry.FieldCount ? Bytes(_fields[entry.FirstField + column]) : default;
    }

    public override ReadOnlySpan<byte> Raw(int record)
    {
        var raw = Bytes(Entry(record).Raw);
        return raw[..Utf8Text.CutLength(raw, RawLimit)];
    }

    public override RecordFault? Fault(int record)
    {
        var fault = Entry(record).Fault;
        return fault < 0 ? null : _faults[fault];
    }

    public override string? Place(int record, int column) => _place?.Describe(Line(record), column);

    /// <summary>Takes the first record off, a header; only before the batch leaves the reader.</summary>
    public void DropFirst()
    {
        _firstRecord++;
        _count--;
    }

    public override void Dispose()
    {
        _count = 0;
        Return(Interlocked.Exchange(ref _block, []));
        Return(Interlocked.Exchange(ref _side, []));
        Return(Interlocked.Exchange(ref _fields, []));
        Return(Interlocked.Exchange(ref _records, []));
    }

    private static void Return<T>(T[] array)
    {
        if (array.Length > 0)
            ArrayPool<T>.Shared.Return(array);
    }

    private ref readonly RecordEntry Entry(int record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)record, (uint)_count, nameof(record));
        return ref _records[_firstRecord + record];
    }

    private ReadOnlySpan<byte> Bytes(FieldSlice slice) =>
        slice.Start >= 0 ? _block.AsSpan(slice.Start, slice.Length) : _side.AsSpan(~slice.Start, slice.Length);
}
