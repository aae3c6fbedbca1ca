using System.Buffers;
using System.Runtime.CompilerServices;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Collects the records that a scanner finds in one block.</summary>
/// <remarks>Owns its pooled arrays until <see cref="Build"/> hands them to the batch or <see cref="Abandon"/> gives them back.</remarks>
/// <param name="fields">Fields to be expected; more are taken as well.</param>
/// <param name="records">Records to be expected; more are taken as well.</param>
internal sealed class RecordBatchBuilder(int fields = 256, int records = 64)
{
    private readonly List<RecordFault> _faults = [];
    private FieldSlice[] _fields = ArrayPool<FieldSlice>.Shared.Rent(fields);
    private RecordEntry[] _records = ArrayPool<RecordEntry>.Shared.Rent(records);
    private byte[] _side = [];
    private int _sideLength;
    private int _fieldCount;
    private int _firstField;

    public int RecordCount { get; private set; }

    /// <summary>Fields of all records so far.</summary>
    public int FieldCount => _fieldCount;

    /// <summary>Fields of the record that is being collected.</summary>
    public int PendingFields => _fieldCount - _firstField;

    /// <summary>Adds a field that stands in the block as it reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddField(int start, int length)
    {
        var fields = _fields;
        var count = _fieldCount;
        if ((uint)count >= (uint)fields.Length)
            fields = GrowFields();
        fields[count] = new FieldSlice(start, length);
        _fieldCount = count + 1;
    }

    /// <summary>Adds a field whose bytes were written by <see cref="ReserveSide"/> and <see cref="CommitSide"/>.</summary>
    public void AddSideField(FieldSlice slice) => AddField(slice.Start, slice.Length);

    /// <summary>Room for <paramref name="length"/> bytes that do not stand in the block.</summary>
    public Span<byte> ReserveSide(int length)
    {
        if (_side.Length - _sideLength < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_sideLength + length, 2 * _side.Length));
            _side.AsSpan(0, _sideLength).CopyTo(larger);
            if (_side.Length > 0)
                ArrayPool<byte>.Shared.Return(_side);
            _side = larger;
        }

        return _side.AsSpan(_sideLength, length);
    }

    /// <summary>Keeps the first <paramref name="length"/> of the bytes reserved last.</summary>
    public FieldSlice CommitSide(int length)
    {
        var slice = new FieldSlice(~_sideLength, length);
        _sideLength += length;
        return slice;
    }

    /// <summary>The record that is being collected replaces its field <paramref name="column"/>, which must exist.</summary>
    public void SetField(int column, FieldSlice slice) => _fields[_firstField + column] = slice;

    /// <summary>Ends the record that is being collected.</summary>
    public void EndRecord(long line, int start, int length) => EndRecord(line, new FieldSlice(start, length), -1);

    /// <summary>Ends the record that is being collected as a faulty one: it keeps its raw text and loses its fields.</summary>
    public void EndFaulty(long line, int start, int length, RecordFault fault)
    {
        Rollback();
        _faults.Add(fault);
        EndRecord(line, new FieldSlice(start, length), _faults.Count - 1);
    }

    /// <summary>Forgets the fields of the record that is being collected.</summary>
    public void Rollback() => _fieldCount = _firstField;

    /// <summary>Where record <paramref name="record"/> stands in the block.</summary>
    public FieldSlice Raw(int record) => _records[record].Raw;

    /// <summary>1-based line on which record <paramref name="record"/> starts.</summary>
    public long Line(int record) => _records[record].Line;

    /// <summary>Fields of record <paramref name="record"/>, which may be narrowed.</summary>
    public Span<FieldSlice> Fields(int record) => _fields.AsSpan(_records[record].FirstField, _records[record].FieldCount);

    /// <summary>The bytes of a field.</summary>
    public ReadOnlySpan<byte> Bytes(FieldSlice field, byte[] block) =>
        field.Start >= 0 ? block.AsSpan(field.Start, field.Length) : _side.AsSpan(~field.Start, field.Length);

    /// <summary>What is wrong with record <paramref name="record"/>, or null.</summary>
    public RecordFault? Fault(int record) => _records[record].Fault < 0 ? null : _faults[_records[record].Fault];

    /// <summary>Makes a record faulty that has been collected, showing <paramref name="raw"/> in place of its bytes.</summary>
    public void MakeFaulty(int record, FieldSlice raw, RecordFault fault)
    {
        _faults.Add(fault);
        ref var entry = ref _records[record];
        entry.Raw = raw;
        entry.FieldCount = 0;
        entry.Fault = _faults.Count - 1;
    }

    /// <summary>The batch; it owns <paramref name="block"/> from now on.</summary>
    public PooledRecordBatch Build(byte[] block, RecordPlace? place = null) => new(block, _side, _fields, _records, RecordCount, [.. _faults], place);

    public void Abandon()
    {
        ArrayPool<FieldSlice>.Shared.Return(_fields);
        ArrayPool<RecordEntry>.Shared.Return(_records);
        if (_side.Length > 0)
            ArrayPool<byte>.Shared.Return(_side);
        _fields = [];
        _records = [];
        _side = [];
    }

    private void EndRecord(long line, FieldSlice raw, int fault)
    {
        if (RecordCount == _records.Length)
            Grow(ref _records, RecordCount);
        _records[RecordCount++] = new RecordEntry
        {
            Line = line,
            Raw = raw,
            FirstField = _firstField,
            FieldCount = _fieldCount - _firstField,
            Fault = fault,
        };
        _firstField = _fieldCount;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private FieldSlice[] GrowFields()
    {
        Grow(ref _fields, _fieldCount);
        return _fields;
    }

    private static void Grow<T>(ref T[] array, int used)
    {
        var larger = ArrayPool<T>.Shared.Rent(2 * array.Length);
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
