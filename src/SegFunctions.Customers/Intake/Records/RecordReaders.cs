using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Spreadsheets;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Opens files of any supported form: CSV, NDJSON, JSON arrays and Excel workbooks, plain, in gzip or in a zip archive.</summary>
public static class RecordReaders
{
    /// <summary>Recognises the file's form from its head, where the options do not name it, and opens it for reading.</summary>
    /// <param name="content">Read from where it stands, without seeking; belongs to the result, and is disposed when opening fails.</param>
    /// <param name="fileName">Only its extension is looked at.</param>
    /// <exception cref="UnreadableFileException">The file is empty, binary, cut off, or of a form that is not supported.</exception>
    public static async ValueTask<OpenedFile> OpenAsync(Stream content, string fileName, RecordReaderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(options);
        var stream = content;
        try
        {
            var peeked = await PeekedStream.OpenAsync(content, TextReaders.HeadLength, cancellationToken);
            stream = peeked;
            var evidence = new List<string>();
            var isGzip = peeked.Head.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
            if (isGzip)
            {
                evidence.Add("The file is compressed with gzip: it starts with its mark.");
                stream = new GzipContentStream(peeked, options.Limits);
                peeked = await PeekedStream.OpenAsync(stream, TextReaders.HeadLength, cancellationToken);
                stream = peeked;
            }

            var opened = IsZip(peeked.Head.Span)
                ? await OpenZipAsync(peeked, fileName, options, evidence, cancellationToken)
                : await TextReaders.OpenAsync(peeked, fileName, options, evidence, cancellationToken);
            return opened with { Format = opened.Format with { IsGzip = isGzip } };
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>The bytes start as a zip archive or a workbook does.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    private static async Task<OpenedFile> OpenZipAsync(PeekedStream content, string fileName, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        var spool = await SpooledContent.OpenAsync(content, options.Limits, options.TemporaryFolder, cancellationToken);
        var archive = await ZipContainer.OpenAsync(spool, options.Limits, cancellationToken);
        OpenedFile opened;
        if (Workbook.Is(archive))
        {
            evidence.Add("The file is an Excel workbook.");
            opened = await WorkbookReader.OpenAsync(archive, options, evidence, cancellationToken);
        }
        else if (ForeignContent.DescribeArchive(archive, fileName) is { } foreign)
        {
            await archive.DisposeAsync();
            throw new UnreadableFileException(foreign);
        }
        else
        {
            opened = await ArchiveReader.OpenAsync(archive, options, evidence, cancellationToken);
        }

        // Whoever gave the content may hash it to its end, so it stays open as long as the file.
        return opened with { Content = opened.Content is null ? content : new Chain(opened.Content, content) };
    }

    private sealed class Chain(IAsyncDisposable first, IAsyncDisposable second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await first.DisposeAsync();
            await second.DisposeAsync();
        }
    }
}
