using System.Buffers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>Gives the rows of one sheet as records; a record's line is the number of its row.</summary>
/// <remarks>
/// Rows without a value are skipped. A value that was merged over several rows stands in each of them and is counted. The raw
/// record is the row as CSV.
/// </remarks>
/// <param name="owned">Disposed with the reader; null for nothing.</param>
internal sealed class SheetRecordReader(Workbook workbook, WorkbookSheet sheet, SheetTable table, RecordReaderOptions options, IAsyncDisposable? owned) : RecordReader
{
    private readonly ByteWriter _line = new(1 << 12);
    private readonly SheetPlace _place = new(sheet.Name, table.FirstColumn);
    private readonly Dictionary<int, (int LastRow, byte[] Text)> _open = [];

    // Values that were copied down from the first row of merged cells.
    private readonly LineSample _filled = new();
    private MergedCells? _merged;
    private SheetRows? _rows;
    private byte[] _block = [];
    private int _length;

    public override IReadOnlyList<string> Header => table.Header;

    public override IReadOnlyList<ReaderRepair> Repairs => _filled.Count == 0 ? [] : [new ReaderRepair(DataRules.MergedCellsFilled, _filled.Count) { Lines = _filled.Lines }];

    public override ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        _merged ??= FindMerged(cancellationToken);
        _rows ??= workbook.Open(sheet);
        var batch = new RecordBatchBuilder();
        try
        {
            _block = ArrayPool<byte>.Shared.Rent(options.BlockSize);
            _length = 0;
            while (_length < options.BlockSize / 2 && _rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_rows.Row > table.HeaderRow)
                    AddRow(batch);
            }

            if (batch.RecordCount > 0)
                return ValueTask.FromResult<RecordBatch?>(batch.Build(_block, _place));
            batch.Abandon();
            ArrayPool<byte>.Shared.Return(_block);
            return ValueTask.FromResult<RecordBatch?>(null);
        }
        catch
        {
            batch.Abandon();
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _rows?.Dispose();
        return owned?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private MergedCells FindMerged(CancellationToken cancellationToken)
    {
        using var part = workbook.OpenPart(sheet);
        return MergedCells.Find(part, cancellationToken);
    }

    private void AddRow(RecordBatchBuilder batch)
    {
        var rows = _rows!;
        if (_merged!.Any)
            Remember(rows);
        if (rows.Cells.Count == 0)
            return;
        _line.Clear();
        var width = table.Header.Length;
        var cell = 0;
        for (var column = 0; column < width || cell < rows.Cells.Count; column++)
        {
            while (cell < rows.Cells.Count && rows.Cells[cell].Column < table.FirstColumn + column)
                cell++;
            var isGiven = cell < rows.Cells.Count && rows.Cells[cell].Column == table.FirstColumn + column;
            if (column >= width && cell >= rows.Cells.Count)
                break;
            var text = isGiven ? rows.Text.Written.Slice(rows.Cells[cell].Start, rows.Cells[cell].Length) : Filled(table.FirstColumn + column, rows.Row);
            cell += isGiven ? 1 : 0;
            AddField(batch, column, text);
        }

        EndRow(batch, rows.Row);
    }

    /// <summary>Keeps the values that the rows below share with this one.</summary>
    private void Remember(SheetRows rows)
    {
        foreach (var (column, lastRow) in _merged!.From(rows.Row))
        {
            foreach (var cell in rows.Cells)
            {
                if (cell.Column == column)
                    _open[column] = (lastRow, rows.Text.Written.Slice(cell.Start, cell.Length).ToArray());
            }
        }
    }

    private ReadOnlySpan<byte> Filled(int column, int row)
    {
        if (!_open.TryGetValue(column, out var value))
            return default;
        if (row > value.LastRow)
        {
            _open.Remove(column);
            return default;
        }

        _filled.Add(row);
        return value.Text;
    }

    private void AddField(RecordBatchBuilder batch, int column, ReadOnlySpan<byte> text)
    {
        if (column > 0)
            _line.Add((byte)',');
        var start = _line.Length;
        CsvText.WritePlain(_line, text);
        if (_line.Length - start == text.Length)
        {
            batch.AddField(_length + start, text.Length);
            return;
        }

        text.CopyTo(batch.ReserveSide(text.Length));
        batch.AddSideField(batch.CommitSide(text.Length));
    }

    private void EndRow(RecordBatchBuilder batch, int row)
    {
        var line = _line.Written;
        var isTooLong = line.Length > options.MaximumRecordLength;
        if (isTooLong)
            line = line[..Utf8Text.CutLength(line, PooledRecordBatch.RawLimit)];
        if (_block.Length - _length < line.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_length + line.Length);
            _block.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_block);
            _block = larger;
        }

        line.CopyTo(_block.AsSpan(_length));
        if (isTooLong)
            batch.EndFaulty(row, _length, line.Length, new RecordFault(RecordRules.RecordTooLong, $"The row's texts are longer than {options.MaximumRecordLength} bytes.", "Shorten the row's texts, or take the column of long texts out."));
        else if (batch.PendingFields > options.MaximumFields)
            batch.EndFaulty(row, _length, line.Length, new RecordFault(RecordRules.TooManyFields, $"The row has {batch.PendingFields} cells; {options.MaximumFields} are allowed.", "Take out what stands right of the table."));
        else
            batch.EndRecord(row, _length, line.Length);
        _length += line.Length;
    }

    private sealed class SheetPlace(string sheetName, int firstColumn) : RecordPlace
    {
        public override string Describe(long line, int column) => column < 0
            ? $"sheet \"{sheetName}\", row {line}"
            : $"sheet \"{sheetName}\", cell {CellReference.Column(firstColumn + column)}{line}";
    }
}
