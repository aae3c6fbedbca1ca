using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.InMemory;

/// <summary>Reads one version; every read asks first whether it still stands.</summary>
internal sealed class MemoryReadStream(MemoryContent content, Action requireVersion) : ReadOnlyStream
{
    private int _chunk;
    private int _position;
    private bool _closed;

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_chunk == content.Chunks.Length || buffer.IsEmpty)
            return 0;
        requireVersion();
        var rest = content.Chunks[_chunk].Span[_position..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _position += count;
        if (_position == content.Chunks[_chunk].Length)
        {
            _chunk++;
            _position = 0;
        }

        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    protected override void Dispose(bool disposing)
    {
        _closed = true;
        base.Dispose(disposing);
    }
}
