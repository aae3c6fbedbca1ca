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
internal sealed class BlockWriteStream(BlockUpload upload, int blockLength) : BlockFillingStream(blockLength)
{
    private const int MaximumInFlight = 2;
    private const int FirstBufferLength = 64 << 10;

    private readonly CancellationTokenSource _abandoned = new();
    private readonly List<string> _blocks = [];
    private readonly Queue<Task> _inFlight = [];
    private readonly int _blockLength = blockLength;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBufferLength, blockLength));

    public async Task<ETag> CommitAsync(CancellationToken cancellationToken)
    {
        IsClosed = true;
        if (_blocks.Count == 0)
            return await upload.PutAsync(_buffer.AsMemory(0, Filled), cancellationToken);

        Stage();
        while (_inFlight.Count > 0)
            await SettleOldestAsync(cancellationToken);
        return await upload.CommitAsync(_blocks, cancellationToken);
    }

    /// <summary>Ends what is still on its way and gives the buffers back. Blocks without a commit vanish by themselves.</summary>
    public async Task AbandonAsync()
    {
        IsClosed = true;
        if (_inFlight.Count > 0)
            await _abandoned.CancelAsync();
        while (_inFlight.TryDequeue(out var staging))
            await staging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _abandoned.Dispose();
    }

    protected override void Dispose(bool disposing) => IsClosed = true;

    /// <inheritdoc/>
    /// <remarks>Blocks the thread while <see cref="MaximumInFlight"/> blocks are on their way; writers should write asynchronously.</remarks>
    protected override void PassBlockOn()
    {
        if (_inFlight.Count == MaximumInFlight)
            SettleOldestAsync(CancellationToken.None).GetAwaiter().GetResult();
        Stage();
    }

    protected override async ValueTask PassBlockOnAsync(CancellationToken cancellationToken)
    {
        if (_inFlight.Count == MaximumInFlight)
            await SettleOldestAsync(cancellationToken);
        Stage();
    }

    protected override byte[] BufferFor(int length)
    {
        if (length <= _buffer.Length)
            return _buffer;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, Math.Min(_buffer.Length * 2, _blockLength)));
        _buffer.AsSpan(0, Filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        return _buffer = larger;
    }

    /// <summary>Waits for the oldest block. One that failed stays, so that no commit can pass over it.</summary>
    private async Task SettleOldestAsync(CancellationToken cancellationToken)
    {
        await _inFlight.Peek().WaitAsync(cancellationToken);
        _ = _inFlight.Dequeue();
    }

    private void Stage()
    {
        var block = upload.BlockName(_blocks.Count);
        _blocks.Add(block);
        _inFlight.Enqueue(StageAsync(block, _buffer, TakeFilled()));
        _buffer = ArrayPool<byte>.Shared.Rent(_blockLength);
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
