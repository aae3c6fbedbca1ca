using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Json;

/// <summary>Reads the objects of a JSON array, or objects one behind the other, however they are spread over lines; a record's line is the number of its element.</summary>
/// <remarks>
/// Objects become fields as those of NDJSON do (<see cref="NdjsonRecordReader"/>). An element that is no sound object is a faulty record; a document that ends too
/// early, or whose elements are not set apart by commas, is damaged as a whole; a comma behind the last one is passed over.
/// </remarks>
internal sealed class JsonArrayRecordReader : BlockRecordReader
{
    private static readonly RecordPlace Place = new ElementPlace();

    private readonly JsonFlattener _flattener;
    private readonly JsonShape _shape;
    private readonly int _maximumLength;
    private string[] _header = [];
    private JsonValueScan _skipped;
    private bool _skips;
    private bool _needsComma;
    private bool _isBehindArray;
    private int _depth;

    // Behind the array: a string is open, a backslash came before, a bracket opened and nothing but blanks since.
    private bool _isInString;
    private bool _isEscaped;
    private bool _hasJustOpened;

    private JsonArrayRecordReader(Stream utf8, JsonShape shape, NdjsonReaderOptions options)
        : base(utf8, options.BlockSize, options.MaximumRecordLength, options.EncodingName)
    {
        _flattener = new JsonFlattener(options, JsonFlattener.Elements);
        _shape = shape;
        _depth = shape.Depth;
        _maximumLength = options.MaximumRecordLength;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Header => _header;

    /// <param name="utf8">Stands at <see cref="JsonShape.Offset"/>; belongs to the reader.</param>
    /// <exception cref="UnreadableFileException">The array is empty or cut off.</exception>
    public static async ValueTask<JsonArrayRecordReader> OpenAsync(Stream utf8, JsonShape shape, NdjsonReaderOptions options, CancellationToken cancellationToken)
    {
        var reader = new JsonArrayRecordReader(utf8, shape, options);
        try
        {
            reader.ReadAhead = await reader.NextAsync(cancellationToken)
                ?? throw new UnreadableFileException("The file is empty: its JSON holds no record. Send an array with one object a record.");
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    protected override RecordPlace? PlaceOfRecords => Place;

    protected override ScanOutcome Scan(byte[] block, int start, int end, bool final, RecordBatchBuilder batch)
    {
        var at = start;
        while (at < end)
        {
            if (_isBehindArray)
            {
                PassRest(block.AsSpan(at, end - at));
                return new ScanOutcome(end);
            }

            if (_skips)
            {
                var rest = _skipped.Advance(block.AsSpan(at, end - at));
                if (rest < 0)
                    return new ScanOutcome(end);
                _skips = false;
                at += rest;
                continue;
            }

            if (IsBetween(block[at]))
                at++;
            else if (!TryReadElement(block, ref at, end, final, batch))
                break;
        }

        return new ScanOutcome(at);
    }

    protected override async ValueTask<PooledRecordBatch?> NextAsync(CancellationToken cancellationToken)
    {
        var batch = await base.NextAsync(cancellationToken);
        if (batch is null && (_depth > 0 || _skips))
            throw new UnreadableFileException($"The JSON document is cut off behind element {NextLine - 1}: its brackets do not close. Send the whole file again.");
        if (_header.Length != _flattener.Columns.Count)
            _header = _flattener.Columns.Names;
        return batch;
    }

    /// <summary>Takes a blank, the comma between elements or the end of the array.</summary>
    private bool IsBetween(byte mark)
    {
        switch (mark)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                return true;
            case (byte)',' when _needsComma:
                _needsComma = false;
                return true;
            case (byte)']' when _shape.Depth > 0:

                // Also behind a comma: programs that write record by record leave one behind the last.
                _isBehindArray = true;
                _depth--;
                return true;
            case (byte)',' or (byte)']' or (byte)'}' or (byte)':':
                throw Misplaced((char)mark);
            default:
                if (_needsComma && _shape.Depth > 0)
                    throw Misplaced((char)mark);
                return false;
        }
    }

    private bool TryReadElement(byte[] block, ref int at, int end, bool final, RecordBatchBuilder batch)
    {
        var text = block.AsSpan(at, end - at);
        var seen = text[..Math.Min(text.Length, _maximumLength)];
        var isNested = text[0] is (byte)'{' or (byte)'[';
        var scan = default(JsonValueScan);
        var length = isNested ? scan.Advance(seen) : ScalarLength(seen, final && seen.Length == text.Length);
        if (length > 0)
        {
            var fault = _flattener.Flatten(block, at, at + length, batch);
            if (fault is null)
                batch.EndRecord(NextLine, at, length);
            else
                batch.EndFaulty(NextLine, at, Utf8Text.CutLength(text, Math.Min(length, PooledRecordBatch.RawLimit)), fault);
            at += length;
        }
        else if (text.Length > _maximumLength)
        {
            if (!isNested)
                throw Misplaced((char)text[0]);
            batch.EndFaulty(NextLine, at, Utf8Text.CutLength(text, Math.Min(_maximumLength, PooledRecordBatch.RawLimit)), TooLong());
            _skips = true;
            _skipped = scan;
            at += _maximumLength;
        }
        else
        {
            return final ? throw new UnreadableFileException($"The JSON document is cut off inside element {NextLine}. Send the whole file again.") : false;
        }

        NextLine++;
        _needsComma = true;
        return true;
    }

    /// <summary>Length of a text, number or word; −1 when it may go on behind the block.</summary>
    private static int ScalarLength(ReadOnlySpan<byte> text, bool final)
    {
        if (text[0] != '"')
        {
            var end = text.IndexOfAny(" \t\r\n,]}"u8);
            return end >= 0 ? Math.Max(end, 1) : final ? text.Length : -1;
        }

        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == '"')
                return at + 1;
        }

        return -1;
    }

    /// <summary>Reads what stands behind the array: brackets that close, other values, but no second array of objects.</summary>
    private void PassRest(ReadOnlySpan<byte> text)
    {
        foreach (var mark in text)
        {
            if (_isInString)
            {
                _isInString = _isEscaped || mark != '"';
                _isEscaped = !_isEscaped && mark == '\\';
                continue;
            }

            if (mark is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                continue;
            if (_depth == 0)
                throw new UnreadableFileException($"Something follows the end of the JSON document, behind its element {NextLine - 1}. Send one document in one file, or one object a line (NDJSON).");
            if (mark == '{' && _hasJustOpened && _shape.MayHaveMore)
                throw JsonShape.SecondArray();
            _hasJustOpened = mark == '[';
            _isInString = mark == '"';
            _depth += mark is (byte)'{' or (byte)'[' ? 1 : mark is (byte)'}' or (byte)']' ? -1 : 0;
        }
    }

    private UnreadableFileException Misplaced(char mark) => new(
        $"The JSON document is damaged behind element {NextLine - 1}: '{(mark is > ' ' and < '\u007f' ? mark : '?')}' stands where {(_needsComma ? "a comma or the end of the array" : "an object")} belongs. Export it again.");

    private RecordFault TooLong() => new(
        RecordRules.RecordTooLong,
        $"The object is longer than {_maximumLength} bytes.",
        "Split the object, or leave out what is not needed.");

    private sealed class ElementPlace : RecordPlace
    {
        public override string Describe(long line, int column) => $"element {line}";
    }
}
