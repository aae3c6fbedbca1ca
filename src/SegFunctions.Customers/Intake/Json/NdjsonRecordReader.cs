using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Json;

/// <summary>Reads one JSON object a line (NDJSON, JSON Lines).</summary>
/// <remarks>
/// Objects within objects give columns with dotted names, arrays stay JSON text, numbers and truth values keep their spelling, null and
/// a missing name are empty. Names that appear later are added at the end of the header with the batch in which they appear.
/// A line that is no object, or names something twice, is a faulty record; blank lines, and a comma behind an object, are skipped.
/// </remarks>
internal sealed class NdjsonRecordReader : BlockRecordReader
{
    private readonly JsonFlattener _flattener;
    private readonly int _maximumLength;
    private string[] _header = [];

    private NdjsonRecordReader(Stream utf8, NdjsonReaderOptions options)
        : base(utf8, options.BlockSize, options.MaximumRecordLength, options.EncodingName)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumFields);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumDepth);
        _flattener = new JsonFlattener(options, JsonFlattener.Lines);
        _maximumLength = options.MaximumRecordLength;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Header => _header;

    /// <summary>Blank lines that were skipped so far; they count as lines and not as records.</summary>
    public long EmptyLines { get; private set; }

    /// <summary>Opens UTF-8 text, with or without byte order mark; the stream belongs to the reader.</summary>
    /// <exception cref="UnreadableFileException">The file is empty or binary.</exception>
    public static async ValueTask<NdjsonRecordReader> OpenAsync(Stream utf8, NdjsonReaderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var reader = new NdjsonRecordReader(utf8, options);
        try
        {
            reader.ReadAhead = await reader.NextAsync(cancellationToken)
                ?? throw new UnreadableFileException("The file is empty: it holds no record. Send a file with one JSON object a line.");
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
        var at = start;
        while (at < end)
        {
            var lineEnd = block.AsSpan(at, Math.Min(end - at, _maximumLength + 1)).IndexOfAny((byte)'\r', (byte)'\n');
            var isTooLong = lineEnd < 0 && end - at > _maximumLength && (final || end - at >= _maximumLength + 2);
            if (isTooLong)
            {
                var shown = Utf8Text.CutLength(block.AsSpan(at, end - at), Math.Min(_maximumLength, PooledRecordBatch.RawLimit));
                batch.EndFaulty(NextLine, at, shown, TooLong());
                return new ScanOutcome(at + _maximumLength, SkipsLine: true);
            }

            if (lineEnd < 0 && !final)
                break;
            var recordEnd = lineEnd < 0 ? end : at + lineEnd;
            var next = Math.Min(recordEnd + 1, end);
            if (recordEnd < end && block[recordEnd] == '\r')
            {
                // The LF of a CR LF may stand in the next block.
                if (next == end && !final)
                    break;
                if (next < end && block[next] == '\n')
                    next++;
            }

            ReadLine(block, at, recordEnd, batch);
            NextLine++;
            at = next;
        }

        return new ScanOutcome(at);
    }

    protected override async ValueTask<PooledRecordBatch?> NextAsync(CancellationToken cancellationToken)
    {
        var batch = await base.NextAsync(cancellationToken);

        // A new list, not a longer one: somebody may still walk over the old names.
        if (_header.Length != _flattener.Columns.Count)
            _header = _flattener.Columns.Names;
        return batch;
    }

    private void ReadLine(byte[] block, int start, int end, RecordBatchBuilder batch)
    {
        var text = block.AsSpan(start, end - start).TrimEnd(" \t"u8);
        if (text.IsEmpty)
        {
            EmptyLines++;
            return;
        }

        // A comma behind the object is left from an array that was taken apart.
        var length = text is [.., (byte)'}', (byte)','] ? text.Length - 1 : text.Length;
        var fault = _flattener.Flatten(block, start, start + length, batch);
        if (fault is null)
            batch.EndRecord(NextLine, start, end - start);
        else
            batch.EndFaulty(NextLine, start, end - start, fault);
    }

    private RecordFault TooLong() => new(
        RecordRules.RecordTooLong,
        $"The line is longer than {_maximumLength} bytes.",
        "Split the object, or check the file for a missing line end. The rest of the line was skipped.");
}
