using System.IO.Compression;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Privacy;

/// <summary>The files in <c>uploads</c>, looked through for people who were erased.</summary>
/// <remarks>
/// A file that holds one is deleted whole: its other rows are in the lake, and a line cannot be taken out of every format, encoding and archive without
/// the risk of leaving some of it. Files are read as intake reads them, so that ids are recognised and not guessed; a file that intake cannot read is
/// searched as text.
/// </remarks>
internal sealed class RawFiles(StorageAccount storage, UploadRequests requests, CustomerKeyDerivation keys)
{
    private const int BlockLength = 1 << 16;

    /// <summary>Longest row that is searched in one piece where a file cannot be read as a table.</summary>
    private const int LongestRow = 1 << 20;

    private readonly BlobContainer _container = storage.Blobs.GetContainer(UploadQueue.Container);

    public IAsyncEnumerable<BlobEntry> ListAsync(CancellationToken cancellationToken) => _container.ListAsync("", cancellationToken);

    /// <summary>Names a version of a file.</summary>
    public static string VersionOf(BlobEntry file) => $"{file.Name}\n{file.ETag}";

    /// <summary>Deletes a version of a file; a newer one is taken in on its own and looked through then.</summary>
    public async Task<bool> DeleteAsync(BlobEntry file, CancellationToken cancellationToken)
    {
        try
        {
            return await _container.DeleteAsync(file.Name, file.ETag, cancellationToken);
        }
        catch (BlobChangedException)
        {
            return false;
        }
    }

    /// <summary>Whether a file holds rows of people who were erased, or traces of one of them.</summary>
    public async Task<bool> HoldsAsync(BlobEntry file, ErasedCustomers erased, PersonTraces traces, CancellationToken cancellationToken)
    {
        if (IsMapping(file))
            return false;
        try
        {
            return (await ReadAsync(file, erased, cancellationToken)).Count > 0;
        }
        catch (Exception unreadable) when (unreadable is UnreadableFileException or MappingException)
        {
            return await HoldsAsTextAsync(file, row => erased.AreNamedIn(row.Span, CustomerKeyDerivation.DefaultNamespace, keys) || traces.AreIn(row.Span), cancellationToken);
        }
        catch (Exception gone) when (gone is BlobMissingException or BlobChangedException)
        {
            return false;
        }
    }

    /// <summary>What a file holds of people; null where it cannot be read as a table, or is gone.</summary>
    public async Task<ErasedRows?> FindAsync(BlobEntry file, ErasedCustomers people, CancellationToken cancellationToken)
    {
        if (IsMapping(file))
            return null;
        try
        {
            return await ReadAsync(file, people, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is UnreadableFileException or MappingException or BlobMissingException or BlobChangedException)
        {
            return null;
        }
    }

    private static bool IsMapping(BlobEntry file) => MappingFiles.IsMapping(file.Name[(file.Name.LastIndexOf('/') + 1)..]);

    private async Task<ErasedRows> ReadAsync(BlobEntry file, ErasedCustomers people, CancellationToken cancellationToken)
    {
        var (request, _) = await requests.OfAsync(file, people, cancellationToken);
        return (await new IntakeRun(keys, new IntakeOptions()).CheckAsync(request, cancellationToken)).Erased;
    }

    private async Task<bool> HoldsAsTextAsync(BlobEntry file, Func<ReadOnlyMemory<byte>, bool> isNamed, CancellationToken cancellationToken)
    {
        try
        {
            await using var raw = await _container.OpenReadAsync(file.Name, file.ETag, cancellationToken);
            var first = new byte[2];
            var length = await raw.ReadAtLeastAsync(first, 2, throwOnEndOfStream: false, cancellationToken);
            await using var again = await _container.OpenReadAsync(file.Name, file.ETag, cancellationToken);
            await using var content = length == 2 && first is [0x1F, 0x8B] ? new GZipStream(again, CompressionMode.Decompress) : again;
            return await HoldsAsync(content, isNamed, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // A damaged archive: what is in it cannot be read by anybody, and might be anybody's.
            return true;
        }
    }

    /// <summary>Goes through a text line by line; encodings of two bytes a letter lose their zeros and read as one.</summary>
    private static async Task<bool> HoldsAsync(Stream content, Func<ReadOnlyMemory<byte>, bool> isNamed, CancellationToken cancellationToken)
    {
        var block = new byte[BlockLength];
        using var row = new MemoryStream();
        int read;
        while ((read = await content.ReadAsync(block, cancellationToken)) > 0)
        {
            for (var index = 0; index < read; index++)
            {
                if (block[index] == 0)
                    continue;
                if (block[index] != (byte)'\n' && row.Length < LongestRow)
                {
                    row.WriteByte(block[index]);
                    continue;
                }

                if (isNamed(row.GetBuffer().AsMemory(0, (int)row.Length)))
                    return true;
                row.SetLength(0);
            }
        }

        return isNamed(row.GetBuffer().AsMemory(0, (int)row.Length));
    }
}
