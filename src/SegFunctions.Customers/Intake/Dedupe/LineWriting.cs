using System.Buffers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Writes the rows of buckets that are no duplicates, each with all attributes of the file.</summary>
/// <remarks>
/// Rows of one customer are brought together, in the file's order, as far as they lie within a window of <see cref="RowsAtOnce"/> rows and
/// <see cref="BytesAtOnce"/> bytes; that packs better and reads faster. Customers stand in the order of their keys. Windows follow from the rows alone, so
/// the same rows give the same bytes whatever the memory.
/// </remarks>
internal abstract class LineWriting(CanonicalLayout layout, AttributeNames attributes) : IDisposable
{
    private const int RowsAtOnce = 1 << 16;
    private const int BytesAtOnce = 8 << 20;
    private const int BytesPerWrite = 1 << 17;
    private const int RowsAhead = 12;

    private readonly OrderedRows _order = new();
    private readonly RowMark[] _marks = ArrayPool<RowMark>.Shared.Rent(RowsAtOnce);
    private readonly int[] _starts = ArrayPool<int>.Shared.Rent(RowsAtOnce);
    private readonly ByteWriter _output = new(BytesPerWrite + (BytesPerWrite >> 3));
    private readonly ByteWriter _narrow = new(0);
    private byte[] _stored = [];

    public ReadOnlyMemory<byte> Header { get; } = layout.HeaderLine();

    public async Task WriteAsync(RowBucket rows, RowFlags duplicates, Stream stream, CancellationToken cancellationToken)
    {
        long offset = 0;
        for (var first = 0; first < rows.Count;)
        {
            var (count, stored) = Load(rows, first, offset, duplicates);
            for (var next = 0; next < _order.Count;)
            {
                next = Append(rows, first, next);
                await stream.WriteAsync(_output.WrittenMemory, cancellationToken);
                _output.Clear();
            }

            first += count;
            offset += stored;
        }
    }

    public void Dispose()
    {
        ArrayPool<RowMark>.Shared.Return(_marks);
        ArrayPool<int>.Shared.Return(_starts);
        if (_stored.Length > 0)
            ArrayPool<byte>.Shared.Return(_stored);
    }

    /// <summary>Bytes of a row's line; 0 where it has none.</summary>
    protected abstract int LengthOf(in RowMark mark);

    /// <summary>Bytes of a row's line as the bucket holds it.</summary>
    protected abstract int StoredLengthOf(in RowMark mark);

    /// <summary>Attributes of a row's line.</summary>
    protected abstract int AttributesOf(LineWidth width);

    /// <summary>Reads lines as the bucket holds them.</summary>
    protected abstract void Read(RowBucket rows, long start, Span<byte> stored);

    /// <summary>Writes a line from how the bucket holds it, behind which <see cref="RowPacking.Slack"/> bytes can be read, and as many behind the line written.</summary>
    protected abstract void WriteLine(ReadOnlySpan<byte> stored, byte bucket, in RowMark mark, int attributes, Span<byte> line);

    /// <summary>Reads the window that starts at a row, and puts the rows that stay in the order of their customers.</summary>
    private (int Count, int StoredLength) Load(RowBucket rows, int first, long offset, RowFlags duplicates)
    {
        var marks = _marks.AsSpan(0, rows.ReadMarks(first, _marks.AsSpan(0, RowsAtOnce)));
        _order.Clear();
        var length = 0;
        var stored = 0;
        var count = 0;
        for (; count < marks.Length; count++)
        {
            ref readonly var mark = ref marks[count];
            var own = LengthOf(mark);
            if (count > 0 && own > BytesAtOnce - length)
                break;
            _starts[count] = stored;
            length += own;
            stored += StoredLengthOf(mark);
            if (own > 0 && !duplicates[first + count])
                _order.Add(mark.Customer, count);
        }

        if (_stored.Length < stored + RowPacking.Slack)
        {
            if (_stored.Length > 0)
                ArrayPool<byte>.Shared.Return(_stored);
            _stored = ArrayPool<byte>.Shared.Rent(stored + RowPacking.Slack);
        }

        Read(rows, offset, _stored.AsSpan(0, stored));
        _order.Sort();
        return (count, stored);
    }

    /// <summary>Appends rows in their order, from one on, until a write's worth of them is there; says which is next.</summary>
    private int Append(RowBucket rows, int first, int next)
    {
        var order = _order.Rows;
        for (; next < order.Length && _output.Length < BytesPerWrite; next++)
        {
            // In the order of customers the window's rows lie anywhere.
            var later = order[Math.Min(next + (2 * RowsAhead), order.Length - 1)].Row;
            CacheLine.Prefetch(ref _marks[later]);
            CacheLine.Prefetch(ref _starts[later]);
            var soon = _starts[order[Math.Min(next + RowsAhead, order.Length - 1)].Row];
            CacheLine.Prefetch(ref _stored[soon]);
            CacheLine.Prefetch(ref _stored[soon + RowPacking.Slack]);
            var row = order[next].Row;
            ref readonly var mark = ref _marks[row];
            var given = AttributesOf(rows.WidthOf(first + row));
            var target = given == layout.Attributes.Count ? _output : _narrow;
            var length = LengthOf(mark);
            WriteLine(_stored.AsSpan(_starts[row]), rows.Number, mark, given, target.Reserve(length + RowPacking.Slack));
            target.Advance(length);
            if (target == _output)
                continue;
            AppendWidened(new RowContent(_narrow.Written, layout.Columns.Count, attributes.First(given)));
            _narrow.Clear();
        }

        return next;
    }

    /// <summary>Appends a line from before the file had all its attributes.</summary>
    private void AppendWidened(RowContent row)
    {
        _output.Add(row.Columns);
        var given = row.Attributes;
        var isGiven = given.Next();
        foreach (var name in layout.Attributes)
        {
            _output.Add((byte)',');
            if (!isGiven || given.Name != name)
                continue;
            _output.Add(given.Text);
            isGiven = given.Next();
        }

        _output.Add((byte)'\n');
    }
}
