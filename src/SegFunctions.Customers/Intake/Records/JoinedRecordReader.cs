using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Reads several tables with the same columns one after the other: the files of an archive, the sheets of a workbook.</summary>
/// <remarks>Lines count on from one table to the next, so that each record has a line of its own; <see cref="RecordBatch.Place"/> tells table and line.</remarks>
/// <param name="parts">Names of the tables.</param>
/// <param name="openAsync">Opens the table of that number.</param>
/// <param name="first">The first table, open already.</param>
/// <param name="owned">Disposed behind the last table; null for nothing.</param>
internal sealed class JoinedRecordReader(IReadOnlyList<string> parts, Func<int, CancellationToken, Task<RecordReader>> openAsync, RecordReader first, IAsyncDisposable? owned) : RecordReader
{
    private readonly Dictionary<(DataRule Rule, int Column), LineSample> _repairs = [];
    private RecordReader? _current = first;
    private IReadOnlyList<string> _header = first.Header;
    private int _part;
    private long _offset;
    private long _lastLine;

    public override IReadOnlyList<string> Header => _header;

    public override IReadOnlyList<ReaderRepair> Repairs => [.. _repairs.Select(repair => new ReaderRepair(repair.Key.Rule, repair.Value.Count) { Column = repair.Key.Column, Lines = repair.Value.Lines })];

    /// <summary>Whether the two name the same columns in the same order.</summary>
    public static bool AreAlike(IReadOnlyList<string> header, IReadOnlyList<string> other) => header.SequenceEqual(other, StringComparer.OrdinalIgnoreCase);

    public override async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        while (_current is not null)
        {
            if (await _current.ReadAsync(cancellationToken) is { } batch)
            {
                if (batch.Count > 0)
                    _lastLine = _offset + batch.Line(batch.Count - 1);

                // A table of objects may meet new names later.
                if (_current.Header.Count > _header.Count)
                    _header = _current.Header;
                return new PartBatch(batch, _offset, parts[_part]);
            }

            await CloseAsync();
            if (++_part == parts.Count)
                return null;
            _offset = _lastLine;
            _current = await openAsync(_part, cancellationToken);
            if (!AreAlike(_header, _current.Header))
                throw Unlike(parts[0], parts[_part]);
        }

        return null;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (owned is not null)
            await owned.DisposeAsync();
    }

    /// <summary>Two tables that cannot be read as one.</summary>
    public static UnreadableFileException Unlike(string part, string other) => new(
        $"\"{part}\" and \"{other}\" have different columns, so they are not parts of one table. Send them one by one.");

    private async ValueTask CloseAsync()
    {
        if (_current is null)
            return;
        foreach (var repair in _current.Repairs)
        {
            var key = (repair.Rule, repair.Column);
            if (!_repairs.TryGetValue(key, out var sample))
                _repairs[key] = sample = new LineSample();
            sample.Add(repair.Count, repair.Lines.Select(line => _offset + line));
        }

        await _current.DisposeAsync();
        _current = null;
    }

    private sealed class PartBatch(RecordBatch batch, long offset, string part) : RecordBatch
    {
        public override int Count => batch.Count;

        public override long Line(int record) => offset + batch.Line(record);

        public override int FieldCount(int record) => batch.FieldCount(record);

        public override ReadOnlySpan<byte> Field(int record, int column) => batch.Field(record, column);

        public override ReadOnlySpan<byte> Raw(int record) => batch.Raw(record);

        public override RecordFault? Fault(int record) => batch.Fault(record);

        public override string Place(int record, int column) =>
            batch.Place(record, column) is { } place ? place.Contains($"\"{part}\"", StringComparison.Ordinal) ? place : $"\"{part}\", {place}" : $"\"{part}\", line {batch.Line(record)}";

        public override void Dispose() => batch.Dispose();
    }
}
