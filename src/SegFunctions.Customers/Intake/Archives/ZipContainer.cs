using System.IO.Compression;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Archives;

/// <summary>A zip archive whose list of entries has been read and found harmless; workbooks are such archives, too.</summary>
internal sealed class ZipContainer : IAsyncDisposable
{
    private readonly Stream _content;
    private readonly ZipArchive _archive;

    private ZipContainer(Stream content, ZipArchive archive, ContentLimits limits)
    {
        _content = content;
        _archive = archive;
        Limits = limits;
    }

    public ContentLimits Limits { get; }

    public IReadOnlyList<ZipArchiveEntry> Entries => _archive.Entries;

    /// <param name="content">Seekable; belongs to the container, and is disposed when opening fails.</param>
    /// <exception cref="UnreadableFileException">It is no sound archive, or breaks a limit.</exception>
    public static async Task<ZipContainer> OpenAsync(Stream content, ContentLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            await ZipDirectory.CheckAsync(content, limits, cancellationToken);
            var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            var container = new ZipContainer(content, archive, limits);
            foreach (var entry in container.Entries)
                container.Check(entry);

            // Entries may share the same packed bytes: each is harmless then, all of them are not.
            var length = container.Entries.Aggregate(0L, (sum, entry) => sum > limits.MaximumBytes ? sum : sum + entry.Length);
            if (limits.IsBroken(length, content.Length))
                throw new UnreadableFileException(limits.Describe("The zip archive", length, content.Length));
            return container;
        }
        catch (Exception damage) when (damage is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or IOException)
        {
            await content.DisposeAsync();
            throw new UnreadableFileException("The zip archive is damaged: its list of entries cannot be read. Pack and send it again.", damage);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>The entry of that name in any case, or null.</summary>
    public ZipArchiveEntry? Find(string name)
    {
        foreach (var entry in _archive.Entries)
        {
            if (entry.FullName.Replace('\\', '/').Equals(name, StringComparison.OrdinalIgnoreCase))
                return entry;
        }

        return null;
    }

    public Stream Open(ZipArchiveEntry entry) => new ZipEntryStream(entry, Limits);

    public ValueTask DisposeAsync()
    {
        _archive.Dispose();
        return _content.DisposeAsync();
    }

    private void Check(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        if (name.Any(char.IsControl) || name.Length > 1024)
            throw new UnreadableFileException("The zip archive has an entry whose name is no file name. Pack it again.");

        // Entries are read and never unpacked to a folder, but such a name is the mark of an attack.
        if (name.Replace('\\', '/').Split('/').Contains("..", StringComparer.Ordinal) || Path.IsPathRooted(name) || (name.Length > 1 && name[1] == ':'))
            throw new UnreadableFileException($"The zip archive's entry \"{name}\" points out of its folder. Pack the files again, with plain names.");
        if (Limits.IsBroken(entry.Length, entry.CompressedLength))
            throw new UnreadableFileException(Limits.Describe($"The archive's entry \"{name}\"", entry.Length, entry.CompressedLength));
    }
}
