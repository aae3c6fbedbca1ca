using System.Buffers;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Writes the rows of buckets that are no duplicates, each with all attributes of the file.</summary>
/// <remarks>
/// Rows of one customer are brought together, in the file's order, as far as they lie within a window of <see cref="RowsAtOnce"/> rows and
/// <see cref="BytesAtOnce"/> bytes; that packs better and reads faster. Customers stand in the order of their keys. Windows follow from the rows alone, so
/// the same rows give the same bytes whatever the memory.
/// </remarks>
internal sealed class LineWriting(CanonicalLayout layout, AttributeNames attributes, bool isSealed) : IDisposable
{
    private const int RowsAtOnce = 1 << 16;
    private const int BytesAtOnce = 4 << 20;
    private const int BytesPerWrite = 1 << 17;

    private readonly OrderedRows _order = new();
    private readonly RowMark[] _marks = ArrayPool<RowMark>.Shared.Rent(RowsAtOnce);
    private readonly int[] _starts = ArrayPool<int>.Shared.Rent(RowsAtOnce);
    private readonly ByteWriter _output = new(BytesPerWrite + (BytesPerWrite >> 3));
    private byte[] _lines = [];

    public ReadOnlyMemory<byte> Header { get; } = layout.HeaderLine();

    public async Task WriteAsync(RowBucket rows, RowFlags duplicates, Stream stream, CancellationToken cancellationToken)
    {
        long offset = 0;
        for (var first = 0; first < rows.Count;)
        {
            var (count, length) = Load(rows, first, offset, duplicates);
            for (var next = 0; next < _order.Count;)
            {
                next = Append(rows, first, next);
                await stream.WriteAsync(_output.WrittenMemory, cancellationToken);
                _output.Clear();
            }

            first += count;
            offset += length;
        }
    }

    public void Dispose()
    {
        ArrayPool<RowMark>.Shared.Return(_marks);
        ArrayPool<int>.Shared.Return(_starts);
        if (_lines.Length > 0)
            ArrayPool<byte>.Shared.Return(_lines);
    }

    /// <summary>Reads the window that starts at a row, and puts the rows that stay in the order of their customers.</summary>
    private (int Count, int Length) Load(RowBucket rows, int first, long offset, RowFlags duplicates)
    {
        var marks = _marks.AsSpan(0, rows.ReadMarks(first, _marks.AsSpan(0, RowsAtOnce)));
        _order.Clear();
        var length = 0;
        var count = 0;
        for (; count < marks.Length; count++)
        {
            ref readonly var mark = ref marks[count];
            var own = isSealed ? mark.SealedLength : mark.LineLength;
            if (count > 0 && own > BytesAtOnce - length)
                break;
            _starts[count] = length;
            length += own;
            if (own > 0 && !duplicates[first + count])
                _order.Add(mark.Customer, count);
        }

        if (_lines.Length < length)
        {
            if (_lines.Length > 0)
                ArrayPool<byte>.Shared.Return(_lines);
            _lines = ArrayPool<byte>.Shared.Rent(length);
        }

        if (isSealed)
            rows.ReadSealed(offset, _lines.AsSpan(0, length));
        else
            rows.ReadLines(offset, _lines.AsSpan(0, length));
        _order.Sort();
        return (count, length);
    }

    /// <summary>Appends rows in their order, from one on, until a write's worth of them is there; says which is next.</summary>
    private int Append(RowBucket rows, int first, int next)
    {
        var order = _order.Rows;
        for (; next < order.Length && _output.Length < BytesPerWrite; next++)
        {
            var row = order[next].Row;
            ref readonly var mark = ref _marks[row];
            var line = _lines.AsSpan(_starts[row], isSealed ? mark.SealedLength : mark.LineLength);
            var width = rows.WidthOf(first + row);
            var given = isSealed ? width.SealedAttributes : width.Attributes;
            if (given == layout.Attributes.Count)
                _output.Add(line);
            else
                AppendWidened(new RowContent(line, layout.Columns.Count, attributes.First(given)));
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
