using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Json;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Opens files of text: CSV and JSON in UTF-8, UTF-16 or Windows-1252.</summary>
internal static class TextReaders
{
    /// <summary>Enough to see a character beyond ASCII in most files that have one, and little beside the blocks in flight.</summary>
    public const int HeadLength = 256 * 1024;

    /// <summary>Recognises encoding and form, and opens the text for reading.</summary>
    /// <param name="peeked">Belongs to the result; the caller disposes it when opening fails.</param>
    /// <exception cref="UnreadableFileException">The text is empty, binary, or of a form that is not supported.</exception>
    public static async Task<OpenedFile> OpenAsync(PeekedStream peeked, string fileName, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        Stream stream = peeked;
        var encoding = CheckContent(peeked, options);
        evidence.Add($"The encoding is {encoding.Encoding.Name()}: {encoding.Evidence}.");
        peeked.Skip(encoding.MarkLength);
        var head = peeked.Head[encoding.MarkLength..];
        if (encoding.Encoding != TextEncoding.Utf8)
        {
            head = await TranscodeAsync(head, encoding.Encoding, cancellationToken);
            stream = new Utf8TranscodingStream(peeked, encoding.Encoding);
        }

        if (head.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0 && peeked.IsWhole)
            throw new UnreadableFileException("The file is empty: it holds nothing but blanks. Send a file with a header and rows.");
        if (ForeignContent.DescribeText(head.Span) is { } foreign)
            throw new UnreadableFileException(foreign);
        var format = options.Format ?? ChooseFormat(head.Span, fileName, evidence);
        return format switch
        {
            RecordFormat.Ndjson => await OpenNdjsonAsync(stream, encoding.Encoding, options, evidence, cancellationToken),
            RecordFormat.Json => await OpenJsonAsync(stream, head, peeked.IsWhole, encoding.Encoding, options, evidence, cancellationToken),
            _ => await OpenCsvAsync(stream, head, peeked.IsWhole, encoding.Encoding, options, evidence, cancellationToken),
        };
    }

    private static DetectedEncoding CheckContent(PeekedStream peeked, RecordReaderOptions options)
    {
        var head = peeked.Head.Span;
        if (head.IsEmpty)
            throw new UnreadableFileException("The file is empty. Send a file with a header and rows.");
        if (ForeignContent.Describe(head) is { } foreign)
            throw new UnreadableFileException(foreign);
        var encoding = options.Encoding is { } named ? DetectedEncoding.Named(named, head) : DetectedEncoding.Detect(head, peeked.IsWhole);
        var isUtf16 = encoding.Encoding is TextEncoding.Utf16LittleEndian or TextEncoding.Utf16BigEndian;
        if (!isUtf16 && ForeignContent.LooksBinary(head))
            throw new UnreadableFileException("The file is binary: it holds NUL bytes or many control characters, as no table of text does. Export the data as CSV in UTF-8 and send that file.");
        return encoding;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> TranscodeAsync(ReadOnlyMemory<byte> head, TextEncoding encoding, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        await using var transcoding = new Utf8TranscodingStream(new MemoryStream(head.ToArray()), encoding);
        await transcoding.CopyToAsync(text, cancellationToken);
        return text.ToArray();
    }

    private static RecordFormat ChooseFormat(ReadOnlySpan<byte> head, string fileName, List<string> evidence)
    {
        var name = fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName;
        var extension = Path.GetExtension(name).ToLowerInvariant();
        var start = head.TrimStart(" \t\r\n"u8);
        var first = start.IsEmpty ? (byte)0 : start[0];
        var isNamedSo = extension is ".ndjson" or ".jsonl" or ".json";
        if (!isNamedSo && !JsonShape.IsSeen(start))
            return RecordFormat.Csv;
        if (first == '[' || (first == '{' && extension is not (".ndjson" or ".jsonl") && !JsonShape.IsObjectALine(start)))
            return RecordFormat.Json;
        evidence.Add(first == '{' ? "The file is NDJSON: it starts with a JSON object." : $"The file is NDJSON: its name ends with {extension}.");
        return RecordFormat.Ndjson;
    }

    private static async Task<OpenedFile> OpenJsonAsync(
        Stream utf8, ReadOnlyMemory<byte> head, bool isWhole, TextEncoding encoding, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        var shape = JsonShape.Find(head.Span, isWhole, options);
        evidence.Add($"The file is JSON: {shape.Evidence}.");
        var before = new byte[shape.Offset];
        await utf8.ReadExactlyAsync(before, cancellationToken);
        var reader = await JsonArrayRecordReader.OpenAsync(utf8, shape, JsonOptions(encoding, options), cancellationToken);
        return new OpenedFile(reader, new FileFormat { Format = RecordFormat.Json, IsGzip = false, Encoding = encoding, Evidence = evidence });
    }

    private static NdjsonReaderOptions JsonOptions(TextEncoding encoding, RecordReaderOptions options) => new()
    {
        MaximumRecordLength = options.MaximumRecordLength,
        MaximumFields = Math.Min(options.MaximumFields, new NdjsonReaderOptions().MaximumFields),
        BlockSize = options.BlockSize,
        EncodingName = encoding.Name(),
    };

    private static async Task<OpenedFile> OpenNdjsonAsync(
        Stream utf8, TextEncoding encoding, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        var reader = await NdjsonRecordReader.OpenAsync(utf8, JsonOptions(encoding, options), cancellationToken);
        return new OpenedFile(reader, new FileFormat { Format = RecordFormat.Ndjson, IsGzip = false, Encoding = encoding, Evidence = evidence });
    }

    private static async Task<OpenedFile> OpenCsvAsync(
        Stream utf8, ReadOnlyMemory<byte> head, bool isWhole, TextEncoding encoding, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        var announced = CsvPreamble.Announced(head.Span);
        var text = head[announced.Length..];
        var dialect = CsvDialect.Detect(text.Span, isWhole, options.Delimiter, options.HasHeader, announced.Delimiter);
        var above = options.HasHeader == false ? CsvPreamble.Nothing : CsvPreamble.Above(text.Span, isWhole, dialect.Delimiter, dialect.Columns);
        if (above.Length > 0)
        {
            dialect = CsvDialect.Detect(text.Span[above.Length..], isWhole, options.Delimiter, options.HasHeader, announced.Delimiter);
            dialect = dialect with { HasHeader = true, Evidence = $"{dialect.Evidence}; {above.Evidence}" };
        }

        if (announced.Evidence.Length > 0)
            dialect = dialect with { Evidence = $"{dialect.Evidence}; {announced.Evidence}" };
        var before = new byte[announced.Length + above.Length];
        await utf8.ReadExactlyAsync(before, cancellationToken);
        evidence.Add($"The file is CSV: {dialect.Evidence}; {LineEnds.Describe(head.Span)}; {(head.Span.Contains((byte)'"') ? "some fields stand in double quotes" : "no field is quoted")}.");
        var reader = await CsvRecordReader.OpenAsync(
            utf8,
            new CsvReaderOptions
            {
                Delimiter = dialect.Delimiter,
                HasHeader = dialect.HasHeader,
                TakesMarksOff = options.TakesMarksOff,
                FirstLine = 1 + announced.Lines + above.Lines,
                MaximumRecordLength = options.MaximumRecordLength,
                MaximumFields = options.MaximumFields,
                BlockSize = options.BlockSize,
                EncodingName = encoding.Name(),
            },
            cancellationToken);
        var format = new FileFormat
        {
            Format = RecordFormat.Csv,
            IsGzip = false,
            Encoding = encoding,
            Delimiter = dialect.Delimiter,
            HasHeader = dialect.HasHeader,
            Evidence = evidence,
        };
        return new OpenedFile(reader, format);
    }
}
