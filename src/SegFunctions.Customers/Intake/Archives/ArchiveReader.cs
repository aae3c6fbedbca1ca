using System.IO.Compression;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Spreadsheets;

namespace SegFunctions.Customers.Intake.Archives;

/// <summary>Opens the data inside a zip archive: one file, or several with the same columns, one after the other.</summary>
/// <remarks>
/// Folders, hidden files, mappings and documents (readme, licence, pdf…) are left out. Files with different columns belong to different datasets and are asked
/// for. A packed file inside is refused: nobody needs it, and nesting is how archives become traps. A workbook inside is fine.
/// </remarks>
internal static class ArchiveReader
{
    private static readonly HashSet<string> Documents = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md", ".pdf", ".html", ".htm", ".xml", ".xsd", ".doc", ".docx", ".rtf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".sql", ".py", ".r", ".log", ".sha256", ".md5", ".ini", ".db",
    };

    /// <param name="archive">Belongs to the result, and is disposed when opening fails.</param>
    /// <exception cref="UnreadableFileException">There is no data inside, or it cannot be told which.</exception>
    public static async Task<OpenedFile> OpenAsync(ZipContainer archive, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        try
        {
            var entries = Choose(archive, options.Entry);
            var first = await OpenEntryAsync(archive, entries[0], options, evidence, cancellationToken);
            try
            {
                await CheckOthersAsync(archive, entries, first, options, cancellationToken);
            }
            catch
            {
                await first.DisposeAsync();
                throw;
            }

            var names = entries.Select(entry => entry.FullName).ToList();
            evidence.Add(names.Count == 1
                ? $"The file is a zip archive; its entry \"{names[0]}\" is read{(options.Entry is null ? "" : ", as the mapping says")}."
                : $"The file is a zip archive; {names.Count} entries with the same columns are read one after the other: {Names(entries)}.");
            var format = first.Format with { Entries = names, Evidence = evidence };
            if (entries.Count == 1)
                return new OpenedFile(first.Reader, format) { Content = new Both(first.Content, archive) };
            var joined = new JoinedRecordReader(
                names,
                async (number, cancel) => InFormOf(first.Format, await OpenEntryAsync(archive, entries[number], options, [], cancel)),
                first.Reader,
                owned: null);
            return new OpenedFile(joined, format) { Content = new Both(first.Content, archive) };
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    private static List<ZipArchiveEntry> Choose(ZipContainer archive, string? named)
    {
        var files = archive.Entries.Where(entry => !entry.FullName.EndsWith('/') && !entry.FullName.EndsWith('\\')).ToList();
        if (named is not null)
        {
            var chosen = files.FirstOrDefault(entry => entry.FullName.Equals(named, StringComparison.OrdinalIgnoreCase))
                ?? files.FirstOrDefault(entry => FileName(entry).Equals(named, StringComparison.OrdinalIgnoreCase))
                ?? throw new UnreadableFileException($"The zip archive has no entry \"{named}\"; it has {Names(files)}. Correct \"entry\" in the mapping.");
            return [chosen];
        }

        var data = files.Where(IsData).OrderBy(entry => entry.FullName, StringComparer.Ordinal).ToList();
        return data.Count > 0 ? data : throw new UnreadableFileException(
            files.Count == 0 ? "The zip archive is empty. Pack the data into it and send it again." : $"The zip archive holds no data file, only {Names(files)}. Send the data as CSV, NDJSON, JSON or XLSX.");
    }

    private static bool IsData(ZipArchiveEntry entry)
    {
        var name = FileName(entry);
        var isHidden = entry.FullName.Split('/', '\\').Any(part => part.StartsWith('.') || part.StartsWith("__", StringComparison.Ordinal) || part.StartsWith("~$", StringComparison.Ordinal));
        var isNote = name.StartsWith("readme", StringComparison.OrdinalIgnoreCase) || name.StartsWith("licen", StringComparison.OrdinalIgnoreCase);
        return !isHidden && !isNote && !MappingFiles.IsMapping(name) && !Documents.Contains(Path.GetExtension(name));
    }

    private static async Task CheckOthersAsync(ZipContainer archive, List<ZipArchiveEntry> entries, OpenedFile first, RecordReaderOptions options, CancellationToken cancellationToken)
    {
        foreach (var entry in entries.Skip(1))
        {
            await using var other = await OpenEntryAsync(archive, entry, options, [], cancellationToken);
            if (!JoinedRecordReader.AreAlike(first.Reader.Header, other.Reader.Header))
            {
                throw new UnreadableFileException(
                    $"The zip archive holds files with different columns: {Names(entries)}. Send them one by one, or name one in the mapping: {{ \"entry\": \"{entries[0].FullName}\" }}.");
            }

            if (IsJson(first.Format) != IsJson(other.Format))
            {
                throw new UnreadableFileException(
                    $"The zip archive holds the same columns both as JSON and as a table: {Names(entries)}. That is mostly one export in two forms; name one in the mapping: {{ \"entry\": \"{entries[0].FullName}\" }}.");
            }
        }
    }

    /// <summary>Records of another entry as the first one would have them: what is refused from both comes back as one file.</summary>
    private static RecordReader InFormOf(FileFormat first, OpenedFile entry)
    {
        var delimiter = first.Delimiter ?? CsvDelimiter.Comma;
        return IsJson(first) || delimiter == (entry.Format.Delimiter ?? CsvDelimiter.Comma) ? entry.Reader : new RestatedRecordReader(entry.Reader, delimiter);
    }

    private static bool IsJson(FileFormat format) => format.Format is RecordFormat.Json or RecordFormat.Ndjson;

    private static async Task<OpenedFile> OpenEntryAsync(ZipContainer archive, ZipArchiveEntry entry, RecordReaderOptions options, List<string> evidence, CancellationToken cancellationToken)
    {
        Stream content = archive.Open(entry);
        try
        {
            var peeked = await PeekedStream.OpenAsync(content, TextReaders.HeadLength, cancellationToken);
            content = peeked;
            var head = peeked.Head.Span;
            if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
                throw Nested(entry);
            if (!RecordReaders.IsZip(head))
                return await TextReaders.OpenAsync(peeked, FileName(entry), options, evidence, cancellationToken);
            var spool = await SpooledContent.OpenAsync(peeked, archive.Limits, options.TemporaryFolder, cancellationToken);
            var inner = await ZipContainer.OpenAsync(spool, archive.Limits, cancellationToken);
            if (!Workbook.Is(inner))
            {
                await inner.DisposeAsync();
                throw Nested(entry);
            }

            await content.DisposeAsync();
            return await WorkbookReader.OpenAsync(inner, options, evidence, cancellationToken);
        }
        catch (UnreadableFileException fault) when (!fault.Message.Contains($"\"{entry.FullName}\"", StringComparison.Ordinal))
        {
            await content.DisposeAsync();
            throw new UnreadableFileException($"Entry \"{entry.FullName}\": {fault.Message}", fault);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private static UnreadableFileException Nested(ZipArchiveEntry entry) => new(
        $"The zip archive's entry \"{entry.FullName}\" is itself packed. Pack files once: unpack it and send what is inside.");

    private static string FileName(ZipArchiveEntry entry) => entry.FullName[(entry.FullName.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Names(IReadOnlyList<ZipArchiveEntry> entries) =>
        string.Join(", ", entries.Take(20).Select(entry => $"\"{entry.FullName}\"")) + (entries.Count > 20 ? $" and {entries.Count - 20} more" : "");

    private sealed class Both(IAsyncDisposable? first, IAsyncDisposable second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (first is not null)
                await first.DisposeAsync();
            await second.DisposeAsync();
        }
    }
}
