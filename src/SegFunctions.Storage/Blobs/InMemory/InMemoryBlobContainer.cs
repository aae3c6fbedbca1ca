using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Azure;

namespace SegFunctions.Storage.Blobs.InMemory;

/// <summary>A container in this process. One lock guards the names; content is immutable and read outside it.</summary>
internal sealed class InMemoryBlobContainer(string name, TimeProvider time) : BlobContainer
{
    private static long _versions;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredBlob> _blobs = new(StringComparer.Ordinal);

    public override string Name => name;

    public override Uri Uri { get; } = new($"https://inmemory.blob.core.windows.net/{name}");

    public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task DeleteIfExistsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            _blobs.Clear();
        return Task.CompletedTask;
    }

    public override Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(TryGet(name, out var blob) ? blob.Entry : null);

    public override Task<Stream> OpenReadAsync(string name, ETag? ifMatch, CancellationToken cancellationToken)
    {
        if (!TryGet(name, out var blob))
            throw new BlobMissingException(Name, name);
        if (EntityTags.Quoted(ifMatch) is { } asked && asked != blob.Entry.ETag)
            throw new BlobChangedException(Name, name);
        return Task.FromResult<Stream>(new MemoryReadStream(blob.Content, RequireVersion));

        void RequireVersion()
        {
            if (!TryGet(name, out var standing) || standing.Entry.ETag != blob.Entry.ETag)
                throw new BlobChangedException(Name, name);
        }
    }

    public override async Task<ETag> WriteAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeContent,
        BlobWriteOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeContent);
        ResourceNames.RequireBlob(name);
        await using var stream = new MemoryWriteStream();
        await writeContent(stream, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Put(name, stream.Complete(), options ?? new BlobWriteOptions());
    }

    public override Task<ETag> WriteAsync(
        string name, ReadOnlyMemory<byte> content, BlobWriteOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ResourceNames.RequireBlob(name);
        return Task.FromResult(Put(name, MemoryContent.Of(content.Span), options ?? new BlobWriteOptions()));
    }

    public override Task<(byte[] Content, ETag ETag)?> FindContentAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<(byte[], ETag)?>(TryGet(name, out var blob) ? (blob.Content.ToArray(), blob.Entry.ETag) : null);

    public override Task<bool> DeleteAsync(string name, ETag? ifMatch, CancellationToken cancellationToken)
    {
        ResourceNames.RequireBlob(name);
        lock (_gate)
        {
            if (!_blobs.TryGetValue(name, out var blob))
                return Task.FromResult(false);
            if (EntityTags.Quoted(ifMatch) is { } asked && asked != blob.Entry.ETag)
                throw new BlobChangedException(Name, name);
            _blobs.Remove(name);
            return Task.FromResult(true);
        }
    }

    public override async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var found = new List<BlobEntry>();
        lock (_gate)
        {
            foreach (var (candidate, blob) in _blobs)
            {
                if (candidate.StartsWith(prefix, StringComparison.Ordinal))
                    found.Add(blob.Entry);
            }
        }

        found.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var entry in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask;
    }

    private bool TryGet(string name, [NotNullWhen(true)] out StoredBlob? blob)
    {
        ResourceNames.RequireBlob(name);
        lock (_gate)
            return _blobs.TryGetValue(name, out blob);
    }

    private ETag Put(string name, MemoryContent content, BlobWriteOptions options)
    {
        var now = time.GetUtcNow();
        var entry = new BlobEntry(
            name,
            content.Length,
            new ETag($"\"0x{Interlocked.Increment(ref _versions):X16}\""),
            // The service tells whole seconds.
            now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)),
            options.ContentType);
        lock (_gate)
        {
            var standing = _blobs.GetValueOrDefault(name);
            if ((options.OnlyIfMissing && standing is not null) || (EntityTags.Quoted(options.IfMatch) is { } asked && asked != standing?.Entry.ETag))
                throw new BlobChangedException(Name, name);
            _blobs[name] = new StoredBlob(entry, content);
        }

        return entry.ETag;
    }

    private sealed record StoredBlob(BlobEntry Entry, MemoryContent Content);
}
