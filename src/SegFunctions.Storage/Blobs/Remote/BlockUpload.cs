using System.Runtime.InteropServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace SegFunctions.Storage.Blobs.Remote;

/// <summary>The requests that write one blob: whole, or as blocks that a last request turns into the blob.</summary>
internal sealed class BlockUpload(BlockBlobClient blob, BlobContainerClient container, BlobWriteOptions options)
{
    private const string WriterKey = "writer";

    // Also the stem of the block names, so that two writers of one blob never commit each other's blocks.
    private readonly Guid _writer = Guid.NewGuid();

    private bool IsConditional => options.IfMatch is not null || options.OnlyIfMissing;

    /// <summary>The name of block <paramref name="index"/>; the service wants the same length for all blocks of a blob.</summary>
    public string BlockName(int index)
    {
        Span<byte> bytes = stackalloc byte[20];
        _writer.TryWriteBytes(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[16..], index);
        return Convert.ToBase64String(bytes);
    }

    public Task StageAsync(string block, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => InContainerAsync(
        async () =>
        {
            using var stream = AsStream(content);
            await blob.StageBlockAsync(block, stream, options: null, cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<ETag> CommitAsync(IReadOnlyList<string> blocks, CancellationToken cancellationToken) => SettledAsync(
        async () =>
        {
            BlobContentInfo info = await blob.CommitBlockListAsync(
                blocks,
                new CommitBlockListOptions { HttpHeaders = Headers(), Conditions = Conditions(), Metadata = Metadata() },
                cancellationToken);
            return info.ETag;
        },
        cancellationToken);

    public Task<ETag> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => SettledAsync(
        () => InContainerAsync(
            async () =>
            {
                using var stream = AsStream(content);
                BlobContentInfo info = await blob.UploadAsync(
                    stream,
                    new BlobUploadOptions
                    {
                        HttpHeaders = Headers(),
                        Conditions = Conditions(),
                        Metadata = Metadata(),
                        // One request whatever the length. At the threshold itself the SDK would stage blocks, under
                        // names that depend on nothing but their position, so that two writers would mix their contents.
                        TransferOptions = new() { InitialTransferSize = content.Length + 1L, MaximumTransferSize = content.Length + 1L },
                    },
                    cancellationToken);
                return info.ETag;
            },
            cancellationToken),
        cancellationToken);

    private static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    private BlobHttpHeaders Headers() => new() { ContentType = options.ContentType };

    private BlobRequestConditions Conditions() =>
        new() { IfMatch = options.IfMatch, IfNoneMatch = options.OnlyIfMissing ? ETag.All : null };

    private Dictionary<string, string>? Metadata() =>
        IsConditional ? new Dictionary<string, string>(StringComparer.Ordinal) { [WriterKey] = _writer.ToString("N") } : null;

    private async Task<T> InContainerAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send();
        }
        catch (RequestFailedException failure) when (BlobFaults.IsContainerMissing(failure))
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await send();
        }
    }

    /// <summary>
    /// Sends a conditional write and settles a refusal: when an answer is lost the SDK sends again, and the second
    /// attempt meets what the first has written. The blob then names this very writer.
    /// </summary>
    private async Task<ETag> SettledAsync(Func<Task<ETag>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send();
        }
        catch (RequestFailedException failure) when (BlobFaults.IsChanged(failure) || (options.IfMatch is not null && BlobFaults.IsMissing(failure)))
        {
            if (IsConditional && await FindOwnAsync(cancellationToken) is { } own)
                return own;
            throw new BlobChangedException(container.Name, blob.Name, failure);
        }
    }

    private async Task<ETag?> FindOwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Metadata.TryGetValue(WriterKey, out var writer) && writer == _writer.ToString("N") ? properties.ETag : null;
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }
}
