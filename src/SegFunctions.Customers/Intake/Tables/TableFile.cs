using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Tables;

/// <summary>Reads any file of rows and columns, whatever they mean: CSV in every dialect, JSON, workbooks, plain, gzip or zip.</summary>
/// <remarks>
/// The kind of a column is judged from its first values; should the rest contradict, the file is read again with that column as
/// text. Values that do not fit a column of numbers are missing, counted and quoted in the result. A record that is itself broken
/// stops the reading: nothing may shift against its id.
/// </remarks>
public static class TableFile
{
    /// <exception cref="UnreadableFileException">The file cannot be read, or a record is broken; the message names line and cure.</exception>
    public static async Task<FileTable> ReadAsync(string path, TableFileOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        var texts = new HashSet<int>();
        while (true)
        {
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
            await using var file = await RecordReaders.OpenAsync(content, Path.GetFileName(path), options.Records, cancellationToken);
            using var reading = new TableReading(file, options, texts, Path.GetFileName(path));
            var table = await reading.RunAsync(cancellationToken);
            // Every repetition makes one more column text, so there are at most as many as columns.
            if (table is not null)
                return table;
        }
    }

    /// <summary>One pass over the file.</summary>
    private sealed class TableReading(OpenedFile file, TableFileOptions options, HashSet<int> texts, string fileName) : IDisposable
    {
        private readonly List<ColumnBuilder> _columns = [];
        private readonly Queue<RecordBatch> _sample = new();
        private readonly List<long> _lines = [];

        public async Task<FileTable?> RunAsync(CancellationToken cancellationToken)
        {
            for (var records = 0; records < options.SampleRecords;)
            {
                if (await file.Reader.ReadAsync(cancellationToken) is not { } batch)
                    break;
                _sample.Enqueue(batch);
                records += batch.Count;
            }

            AddColumns();
            while (_sample.Count > 0)
            {
                using var batch = _sample.Dequeue();
                Add(batch);
            }

            while (await file.Reader.ReadAsync(cancellationToken) is { } batch)
            {
                using (batch)
                {
                    AddColumns();
                    Add(batch);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }

            var contradicted = Enumerable.Range(0, _columns.Count).Where(column => _columns[column].UnreadableShare > 1 - options.ReadableShare).ToList();
            texts.UnionWith(contradicted);
            return contradicted.Count > 0 ? null : new FileTable(file.Format, [.. _columns.Select(column => column.Build())], _lines);
        }

        public void Dispose()
        {
            foreach (var batch in _sample)
                batch.Dispose();
        }

        private void AddColumns()
        {
            for (var column = _columns.Count; column < file.Reader.Header.Count; column++)
            {
                var name = file.Reader.Header[column];
                var builder = new ColumnBuilder(name, StyleOf(column, name));
                for (var row = 0; row < _lines.Count; row++)
                    builder.AddMissing();
                _columns.Add(builder);
            }
        }

        private ColumnStyle StyleOf(int column, string name)
        {
            if (options.Texts.Any(text => IsNamed(text, column, name)))
                return ColumnStyle.Text("it was named as one of texts") with { Exact = true };
            if (texts.Contains(column))
                return ColumnStyle.Text($"its first {options.SampleRecords} rows looked like numbers or dates, the rest did not");
            var values = new List<byte[]>();
            foreach (var batch in _sample)
            {
                for (var record = 0; record < batch.Count && values.Count < options.SampleRecords; record++)
                {
                    if (batch.Fault(record) is null && column < batch.FieldCount(record) && !MissingText.IsMissing(batch.Field(record, column)))
                        values.Add(Blanks.Trim(batch.Field(record, column)).ToArray());
                }
            }

            var like = options.Like?.Columns.FirstOrDefault(known => known.Name == name)?.Style;
            var usual = file.Format.Delimiter == CsvDelimiter.Semicolon ? DecimalStyle.Comma : DecimalStyle.Point;
            return ColumnStyle.Infer(values, like is { Kind: FileColumnKind.Number } ? like.Decimals : usual, options.ReadableShare, like?.Dates?.Order ?? DateOrder.DayMonthYear);
        }

        /// <summary>As <see cref="FileTable.Find"/> would find it: a position names a column only where no header reads so.</summary>
        private bool IsNamed(string headerOrPosition, int column, string name) =>
            string.Equals(headerOrPosition, name, StringComparison.OrdinalIgnoreCase)
            || (int.TryParse(headerOrPosition, out var position) && position == column + 1 && !file.Reader.Header.Contains(headerOrPosition, StringComparer.OrdinalIgnoreCase));

        private static string PlaceOf(RecordBatch batch, int record) => batch.Place(record, -1) ?? $"line {batch.Line(record)}";

        private void Add(RecordBatch batch)
        {
            for (var record = 0; record < batch.Count; record++)
            {
                if (batch.Fault(record) is { } fault)
                    throw new UnreadableFileException($"{fileName}, {PlaceOf(batch, record)}: {fault.Message} {fault.Cure}");
                var fields = batch.FieldCount(record);
                if (file.Format.Format is RecordFormat.Csv or RecordFormat.Xlsx && fields != _columns.Count)
                    throw new UnreadableFileException($"{fileName}, {PlaceOf(batch, record)}: the row has {fields} {(fields == 1 ? "field" : "fields")}, the header has {_columns.Count}. Quote fields that hold the delimiter, or give the row its missing fields.");
                for (var column = 0; column < _columns.Count; column++)
                {
                    if (column < fields)
                        _columns[column].Add(batch.Field(record, column), batch.Line(record));
                    else
                        _columns[column].AddMissing();
                }

                _lines.Add(batch.Line(record));
            }
        }
    }
}
