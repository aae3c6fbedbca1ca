using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Archives;

/// <summary>Shows the records of one file of an archive with the delimiter of another, so that what is refused from all of them can come back as one file.</summary>
internal sealed class RestatedRecordReader(RecordReader inner, CsvDelimiter delimiter) : RecordReader
{
    public override IReadOnlyList<string> Header => inner.Header;

    public override IReadOnlyList<ReaderRepair> Repairs => inner.Repairs;

    public override async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken) =>
        await inner.ReadAsync(cancellationToken) is { } batch ? new Restated(batch, (byte)delimiter) : null;

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Restated(RecordBatch batch, byte delimiter) : RecordBatch
    {
        public override int Count => batch.Count;

        public override long Line(int record) => batch.Line(record);

        public override int FieldCount(int record) => batch.FieldCount(record);

        public override ReadOnlySpan<byte> Field(int record, int column) => batch.Field(record, column);

        /// <summary>A record whose fields cannot be told stands as it is.</summary>
        public override ReadOnlySpan<byte> Raw(int record)
        {
            if (batch.Fault(record) is not null)
                return batch.Raw(record);
            var line = new ByteWriter(batch.Raw(record).Length + 64);
            for (var column = 0; column < batch.FieldCount(record); column++)
            {
                if (column > 0)
                    line.Add(delimiter);
                CsvField.Add(line, batch.Field(record, column), delimiter);
            }

            return line.Written[..Utf8Text.CutLength(line.Written, PooledRecordBatch.RawLimit)];
        }

        public override RecordFault? Fault(int record) => batch.Fault(record);

        public override string? Place(int record, int column) => batch.Place(record, column);

        public override void Dispose() => batch.Dispose();
    }
}
