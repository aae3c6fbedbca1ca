using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Reads CSV text; how it is understood stands at <see cref="CsvScanner"/>.</summary>
internal sealed class CsvRecordReader : BlockRecordReader
{
    private readonly CsvReaderOptions _options;
    private readonly CsvScanner _scanner;
    private readonly MarksTakenOff? _marks;
    private string[] _header = [];

    private CsvRecordReader(Stream utf8, CsvReaderOptions options)
        : base(utf8, options.BlockSize, options.MaximumRecordLength, options.EncodingName)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumFields);
        _options = options;
        _scanner = new CsvScanner(options);
        _marks = options.TakesMarksOff ? new MarksTakenOff() : null;
        NextLine = options.FirstLine;
    }

    /// <summary>Names by position, blanks around them dropped; without a header the 1-based positions of the first sound record.</summary>
    public override IReadOnlyList<string> Header => _header;

    public override IReadOnlyList<ReaderRepair> Repairs => _marks?.Repairs ?? [];

    /// <summary>Lines without a byte that were skipped so far; they count as lines and not as records.</summary>
    public long EmptyLines => _scanner.EmptyLines;

    /// <summary>Opens UTF-8 text, with or without byte order mark, and reads its header; the stream belongs to the reader.</summary>
    /// <exception cref="UnreadableFileException">The file is empty, binary, or has a header that cannot be read.</exception>
    public static async ValueTask<CsvRecordReader> OpenAsync(Stream utf8, CsvReaderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var reader = new CsvRecordReader(utf8, options);
        try
        {
            await reader.ReadHeaderAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    protected override ScanOutcome Scan(byte[] block, int start, int end, bool final, RecordBatchBuilder batch)
    {
        var line = NextLine;
        var firstRecord = batch.RecordCount;
        var outcome = _scanner.Scan(block, start, end, final, batch, ref line);
        NextLine = line;
        _marks?.TakeOff(batch, firstRecord, block, start, outcome.Consumed, _header.Length, beginsWithHeader: _options.HasHeader && _header.Length == 0 && firstRecord == 0);
        return outcome;
    }

    private async ValueTask ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var batch = await NextAsync(cancellationToken)
            ?? throw new UnreadableFileException("The file is empty: it holds no record. Send a file with a header and rows.");
        ReadAhead = batch;
        if (!_options.HasHeader)
        {
            var sound = 0;
            while (sound < batch.Count - 1 && batch.Fault(sound) is not null)
                sound++;
            _header = new string[batch.FieldCount(sound)];
            for (var column = 0; column < _header.Length; column++)
                _header[column] = (column + 1).ToString(CultureInfo.InvariantCulture);
            return;
        }

        if (batch.Fault(0) is { } fault)
            throw new UnreadableFileException($"Line {batch.Line(0)}: the header cannot be read. {fault.Message} {fault.Cure}");
        _header = new string[batch.FieldCount(0)];
        for (var column = 0; column < _header.Length; column++)
            _header[column] = Encoding.UTF8.GetString(batch.Field(0, column)).Trim();
        batch.DropFirst();
        if (batch.Count == 0)
        {
            batch.Dispose();
            ReadAhead = null;
        }
    }
}
