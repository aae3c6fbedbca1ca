using System.Buffers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace SegFunctions.Storage.Blobs.Remote;

/// <summary>Fetches one version of a blob range by range; the first range settles which version.</summary>
internal sealed class BlobRanges(BlobBaseClient blob, string container, int rangeLength)
{
    private ETag _version;

    /// <summary>Bytes of the blob; known once it is open.</summary>
    public long Length { get; private set; }

    /// <summary>Fetches the first range, in one request that also tells version and length.</summary>
    public async Task<BlobRange> OpenAsync(ETag? ifMatch, CancellationToken cancellationToken)
    {
        try
        {
            return await DownloadAsync(new HttpRange(0, rangeLength), ifMatch, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 416)
        {
            // An empty blob has no first byte to ask for.
            return await DownloadAsync(default, ifMatch, cancellationToken);
        }
    }

    /// <summary>Fetches the range that starts at <paramref name="offset"/>, of the version that was opened.</summary>
    /// <exception cref="BlobChangedException">That version is gone.</exception>
    public async Task<BlobRange> FetchAsync(long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await DownloadAsync(new HttpRange(offset, rangeLength), _version, cancellationToken);
        }
        catch (RequestFailedException failure) when (BlobFaults.IsChanged(failure) || BlobFaults.IsMissing(failure) || failure.Status == 416)
        {
            throw new BlobChangedException(container, blob.Name, failure);
        }
    }

    private async Task<BlobRange> DownloadAsync(HttpRange range, ETag? ifMatch, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = range, Conditions = new BlobRequestConditions { IfMatch = ifMatch } };
        using BlobDownloadStreamingResult result = await blob.DownloadStreamingAsync(options, cancellationToken);
        _version = result.Details.ETag;
        var length = checked((int)result.Details.ContentLength);
        Length = TotalLength(result.Details.ContentRange) ?? length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await result.Content.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken);
            return new BlobRange(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>The figure behind the slash of <c>bytes 0-4194303/9000000</c>; null for an answer without a range.</summary>
    private static long? TotalLength(string? contentRange)
    {
        var slash = contentRange?.LastIndexOf('/') ?? -1;
        return slash < 0 ? null : long.Parse(contentRange.AsSpan(slash + 1));
    }
}

/// <summary>A fetched range in a pooled buffer, which the one who holds it gives back.</summary>
internal readonly record struct BlobRange(byte[] Buffer, int Length)
{
    public void Release()
    {
        if (Buffer is { Length: > 0 })
            ArrayPool<byte>.Shared.Return(Buffer);
    }
}
