using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace SegFunctions.Storage.Blobs.Remote;

/// <summary>A container of Azure Blob Storage.</summary>
internal sealed class AzureBlobContainer(string name, Uri uri, Lazy<BlobContainerClient> client, int blockLength) : BlobContainer
{
    public override string Name => name;

    public override Uri Uri => uri;

    public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) =>
        client.Value.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) =>
        client.Value.DeleteIfExistsAsync(cancellationToken: cancellationToken);

    public override async Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await Blob(name).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new BlobEntry(name, properties.ContentLength, properties.ETag, properties.LastModified, properties.ContentType);
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }

    public override async Task<Stream> OpenReadAsync(string name, ETag? ifMatch, CancellationToken cancellationToken)
    {
        var ranges = new BlobRanges(Blob(name), Name, blockLength);
        try
        {
            return new RangeReadStream(ranges, await ranges.OpenAsync(ifMatch, cancellationToken));
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            throw new BlobMissingException(Name, name, failure);
        }
        catch (RequestFailedException failure) when (BlobFaults.IsChanged(failure))
        {
            throw new BlobChangedException(Name, name, failure);
        }
    }

    public override async Task<ETag> WriteAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeContent,
        BlobWriteOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeContent);
        var blocks = new BlockWriteStream(Upload(name, options), blockLength);
        try
        {
            await writeContent(blocks, cancellationToken);
            return await blocks.CommitAsync(cancellationToken);
        }
        finally
        {
            await blocks.AbandonAsync();
        }
    }

    public override Task<ETag> WriteAsync(
        string name, ReadOnlyMemory<byte> content, BlobWriteOptions? options, CancellationToken cancellationToken) =>
        Upload(name, options).PutAsync(content, cancellationToken);

    public override async Task<(byte[] Content, ETag ETag)?> FindContentAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult result = await Blob(name).DownloadContentAsync(cancellationToken);
            return (result.Content.ToArray(), result.Details.ETag);
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }

    public override async Task<bool> DeleteAsync(string name, ETag? ifMatch, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(name).DeleteAsync(
                DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = ifMatch }, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return false;
        }
        catch (RequestFailedException failure) when (BlobFaults.IsChanged(failure))
        {
            // Whether a condition fails on a blob that is gone is answered differently by the service and its emulator.
            if (await FindAsync(name, cancellationToken) is null)
                return false;
            throw new BlobChangedException(Name, name, failure);
        }
    }

    public override async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        await using var pages = client.Value.GetBlobsAsync(prefix: prefix, cancellationToken: cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await pages.MoveNextAsync())
                    yield break;
            }
            catch (RequestFailedException failure) when (BlobFaults.IsContainerMissing(failure))
            {
                yield break;
            }

            var properties = pages.Current.Properties;
            yield return new BlobEntry(
                pages.Current.Name,
                properties.ContentLength ?? 0,
                Quoted(properties.ETag ?? default),
                properties.LastModified ?? default,
                properties.ContentType);
        }
    }

    /// <summary>Lists carry ETags without the quotes that headers have, and the SDK compares them as text.</summary>
    private static ETag Quoted(ETag etag)
    {
        var text = etag.ToString();
        return text.Length == 0 || text[0] == '"' || text.StartsWith("W/", StringComparison.Ordinal) ? etag : new ETag($"\"{text}\"");
    }

    private BlockBlobClient Blob(string name) => client.Value.GetBlockBlobClient(ResourceNames.RequireBlob(name));

    private BlockUpload Upload(string name, BlobWriteOptions? options) =>
        new(Blob(name), client.Value, options ?? new BlobWriteOptions());
}
