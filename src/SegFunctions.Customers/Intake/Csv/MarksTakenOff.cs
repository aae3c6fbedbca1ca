using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Takes <see cref="SpreadsheetMarks"/> off the fields of records as they are found, and counts them by column. Raw records keep them.</summary>
internal sealed class MarksTakenOff
{
    private readonly List<LineSample> _columns = [];

    public IReadOnlyList<ReaderRepair> Repairs =>
    [
        .. _columns
            .Select((sample, column) => new ReaderRepair(DataRules.SpreadsheetTextUnmarked, sample.Count) { Column = column, Lines = sample.Lines })
            .Where(repair => repair.Count > 0),
    ];

    /// <summary>Takes the marks off records that were collected from <c>block[start..end]</c>.</summary>
    /// <param name="columns">Columns of the table, beyond which nothing is counted; 0: as many as the first record has fields.</param>
    /// <param name="beginsWithHeader">The first record names the columns, and nothing in it is counted.</param>
    public void TakeOff(RecordBatchBuilder batch, int firstRecord, byte[] block, int start, int end, int columns, bool beginsWithHeader)
    {
        if (!SpreadsheetMarks.MayBeIn(block.AsSpan(start, end - start)))
            return;
        for (var record = firstRecord; record < batch.RecordCount; record++)
        {
            var fields = batch.Fields(record);
            columns = columns == 0 ? fields.Length : columns;
            for (var column = 0; column < fields.Length; column++)
            {
                if (!SpreadsheetMarks.TryTakeOff(batch.Bytes(fields[column], block), out var at, out var length))
                    continue;
                fields[column] = fields[column].Part(at, length);
                if (column < columns && !(beginsWithHeader && record == firstRecord))
                    Count(column, batch.Line(record));
            }
        }
    }

    private void Count(int column, long line)
    {
        while (_columns.Count <= column)
            _columns.Add(new LineSample());
        _columns[column].Add(line);
    }
}
