using System.Text;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Gives the records of a CSV file without <see cref="SpreadsheetMarks"/>, and counts those taken off. Raw records keep them.</summary>
internal sealed class UnmarkedRecordReader(RecordReader inner) : RecordReader
{
    private long _unmarked;

    public override IReadOnlyList<string> Header { get; } = [.. inner.Header.Select(name => Encoding.UTF8.GetString(SpreadsheetMarks.TakeOff(Encoding.UTF8.GetBytes(name))))];

    public override IReadOnlyList<ReaderRepair> Repairs => _unmarked == 0 ? inner.Repairs : [.. inner.Repairs, new ReaderRepair(DataRules.SpreadsheetTextUnmarked, _unmarked)];

    public override async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await inner.ReadAsync(cancellationToken) is not { } batch)
            return null;
        for (var record = 0; record < batch.Count; record++)
        {
            for (var column = 0; column < batch.FieldCount(record); column++)
                _unmarked += SpreadsheetMarks.TakeOff(batch.Field(record, column)).Length < batch.Field(record, column).Length ? 1 : 0;
        }

        return new Unmarked(batch);
    }

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Unmarked(RecordBatch batch) : RecordBatch
    {
        public override int Count => batch.Count;

        public override long Line(int record) => batch.Line(record);

        public override int FieldCount(int record) => batch.FieldCount(record);

        public override ReadOnlySpan<byte> Field(int record, int column) => SpreadsheetMarks.TakeOff(batch.Field(record, column));

        public override ReadOnlySpan<byte> Raw(int record) => batch.Raw(record);

        public override RecordFault? Fault(int record) => batch.Fault(record);

        public override string? Place(int record, int column) => batch.Place(record, column);

        public override void Dispose() => batch.Dispose();
    }
}
