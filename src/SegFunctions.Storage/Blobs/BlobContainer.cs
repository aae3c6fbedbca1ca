using Azure;

namespace SegFunctions.Storage.Blobs;

/// <summary>One container of blobs.</summary>
/// <remarks>
/// A write is atomic: readers see the old version or the whole new one, and a writer that fails or is killed leaves the
/// old one. Content streams in both directions; nothing here holds a blob in memory, except the in-memory twin.
/// A container comes into being with the first write. ETags are taken with or without their quotes, which headers have
/// and events have not, and are given with them. Names are 1 to 1,024 characters that reach the service unchanged: no
/// control characters, no backslash, no segment <c>.</c> or <c>..</c>, no slash first or last, no dot last; others are
/// refused with <see cref="ArgumentException"/>. Streams should be read and written asynchronously; they also work
/// synchronously and then block the thread. Storage that cannot be reached shows as the SDK's own exceptions, after its
/// retries: ask <see cref="StorageAccount.ProbeAsync"/> first where a person waits.
/// </remarks>
public abstract class BlobContainer
{
    public abstract string Name { get; }

    /// <summary>The container's address, as an event about one of its blobs would carry it.</summary>
    public abstract Uri Uri { get; }

    public abstract Task CreateIfNotExistsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the container and all it holds; a missing one is no error.</summary>
    public abstract Task DeleteIfExistsAsync(CancellationToken cancellationToken);

    /// <summary>The blob's properties, or null where the blob or the container does not exist.</summary>
    public abstract Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens one version of a blob for reading from the start.</summary>
    /// <param name="ifMatch">
    /// The version to read; null reads the one that stands when the stream opens. Every later read of the stream holds to
    /// that version, and fails with <see cref="BlobChangedException"/> once it has been replaced or deleted. What had been
    /// fetched ahead by then, up to 8 MiB, still reads; what reads to its end is one version, whole.
    /// </param>
    /// <exception cref="BlobMissingException">There is no such blob.</exception>
    /// <exception cref="BlobChangedException">The version is not <paramref name="ifMatch"/>.</exception>
    public abstract Task<Stream> OpenReadAsync(string name, ETag? ifMatch, CancellationToken cancellationToken);

    /// <summary>Writes a blob from what <paramref name="writeContent"/> puts into the stream that it is given.</summary>
    /// <remarks>
    /// The blob appears, or is replaced, only after <paramref name="writeContent"/> has returned; when it throws nothing
    /// has changed. The stream buffers at most a few blocks of 4 MiB. A conditional write whose answer was lost on the way
    /// is settled by asking who has written, and is not taken for somebody else's.
    /// </remarks>
    /// <returns>The ETag of the new version.</returns>
    /// <exception cref="BlobChangedException">
    /// A condition of <paramref name="options"/> did not hold; or, for content of more than one block, another writer has
    /// committed the same blob meanwhile, which discards the blocks of all others.
    /// </exception>
    public abstract Task<ETag> WriteAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeContent,
        BlobWriteOptions? options,
        CancellationToken cancellationToken);

    /// <summary>Deletes a blob; returns false where there was none.</summary>
    /// <exception cref="BlobChangedException">The version is not <paramref name="ifMatch"/>.</exception>
    public abstract Task<bool> DeleteAsync(string name, ETag? ifMatch, CancellationToken cancellationToken);

    /// <summary>All blobs whose names start with <paramref name="prefix"/>, in ordinal order of their names.</summary>
    /// <remarks>A container that does not exist holds none.</remarks>
    public abstract IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Writes <paramref name="content"/>, which fits into memory, in one request.</summary>
    /// <inheritdoc cref="WriteAsync(string, Func{Stream, CancellationToken, Task}, BlobWriteOptions?, CancellationToken)"/>
    public abstract Task<ETag> WriteAsync(
        string name, ReadOnlyMemory<byte> content, BlobWriteOptions? options, CancellationToken cancellationToken);

    /// <summary>A whole blob with its version, or null where there is none. For blobs known to be small.</summary>
    public abstract Task<(byte[] Content, ETag ETag)?> FindContentAsync(string name, CancellationToken cancellationToken);
}
