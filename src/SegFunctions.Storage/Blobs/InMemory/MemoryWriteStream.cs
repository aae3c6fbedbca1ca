using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.InMemory;

/// <summary>Collects what is written in chunks that double from 4 KiB to 1 MiB.</summary>
internal sealed class MemoryWriteStream : WriteOnlyStream
{
    private const int FirstChunk = 4 << 10;
    private const int LargestChunk = 1 << 20;

    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _chunk = new byte[FirstChunk];
    private int _filled;
    private bool _closed;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (!buffer.IsEmpty)
        {
            if (_filled == _chunk.Length)
            {
                _full.Add(_chunk);
                _chunk = new byte[Math.Min(_chunk.Length * 2, LargestChunk)];
                _filled = 0;
            }

            var count = Math.Min(buffer.Length, _chunk.Length - _filled);
            buffer[..count].CopyTo(_chunk.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>All that was written; nothing can be written after it.</summary>
    public MemoryContent Complete()
    {
        _closed = true;
        if (_filled > 0)
            _full.Add(_filled * 2 < _chunk.Length ? _chunk.AsSpan(0, _filled).ToArray() : _chunk.AsMemory(0, _filled));
        return new MemoryContent([.. _full]);
    }

    protected override void Dispose(bool disposing) => _closed = true;
}
