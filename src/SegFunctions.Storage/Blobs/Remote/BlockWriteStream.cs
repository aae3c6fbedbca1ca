using System.Buffers;
using Azure;
using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.Remote;

/// <summary>Cuts what is written into blocks and stages them while the writer goes on; <see cref="CommitAsync"/> makes the blob.</summary>
/// <remarks>
/// Content of one block or less goes out as a single request. At most <see cref="MaximumInFlight"/> blocks travel beside
/// the one that fills, and the buffer of a small blob stays small. Disposing the stream, as wrappers like to do, neither
/// commits nor loses anything.
/// </remarks>
internal sealed class BlockWriteStream(BlockUpload upload, int blockLength) : WriteOnlyStream
{
    private const int MaximumInFlight = 2;
    private const int FirstBufferLength = 64 << 10;

    private readonly CancellationTokenSource _abandoned = new();
    private readonly List<string> _blocks = [];
    private readonly Queue<Task> _inFlight = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBufferLength, blockLength));
    private int _filled;
    private bool _closed;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (true)
        {
            buffer = buffer[Fill(buffer.Span)..];
            if (buffer.IsEmpty)
                return;
            if (_inFlight.Count == MaximumInFlight)
                await _inFlight.Dequeue().WaitAsync(cancellationToken);
            Stage();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Blocks the thread while <see cref="MaximumInFlight"/> blocks are on their way; writers should write asynchronously.</remarks>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (true)
        {
            buffer = buffer[Fill(buffer)..];
            if (buffer.IsEmpty)
                return;
            if (_inFlight.Count == MaximumInFlight)
                _inFlight.Dequeue().GetAwaiter().GetResult();
            Stage();
        }
    }

    public async Task<ETag> CommitAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        if (_blocks.Count == 0)
            return await upload.PutAsync(_buffer.AsMemory(0, _filled), cancellationToken);

        Stage();
        while (_inFlight.TryDequeue(out var staging))
            await staging.WaitAsync(cancellationToken);
        return await upload.CommitAsync(_blocks, cancellationToken);
    }

    /// <summary>Ends what is still on its way and gives the buffers back. Blocks without a commit vanish by themselves.</summary>
    public async Task AbandonAsync()
    {
        _closed = true;
        if (_inFlight.Count > 0)
            await _abandoned.CancelAsync();
        while (_inFlight.TryDequeue(out var staging))
            await staging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _abandoned.Dispose();
    }

    protected override void Dispose(bool disposing) => _closed = true;

    private int Fill(ReadOnlySpan<byte> content)
    {
        var written = 0;
        while (written < content.Length && _filled < blockLength)
        {
            var capacity = Math.Min(_buffer.Length, blockLength);
            if (_filled == capacity)
                capacity = Grow();
            var count = Math.Min(content.Length - written, capacity - _filled);
            content.Slice(written, count).CopyTo(_buffer.AsSpan(_filled));
            _filled += count;
            written += count;
        }

        return written;
    }

    private int Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, blockLength));
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return Math.Min(_buffer.Length, blockLength);
    }

    private void Stage()
    {
        var block = upload.BlockName(_blocks.Count);
        _blocks.Add(block);
        _inFlight.Enqueue(StageAsync(block, _buffer, _filled));
        _buffer = ArrayPool<byte>.Shared.Rent(blockLength);
        _filled = 0;
    }

    private async Task StageAsync(string block, byte[] buffer, int length)
    {
        try
        {
            await upload.StageAsync(block, buffer.AsMemory(0, length), _abandoned.Token);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
