using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.Remote;

/// <summary>Reads one version of a blob forward; the next range is on its way while this one is read.</summary>
internal sealed class RangeReadStream : ReadOnlyStream
{
    private readonly CancellationTokenSource _closed = new();
    private readonly BlobRanges _ranges;
    private BlobRange _current;
    private int _position;
    private long _fetched;
    private Task<BlobRange>? _next;

    public RangeReadStream(BlobRanges ranges, BlobRange first)
    {
        _ranges = ranges;
        Accept(first);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        if (_position == _current.Length && _next is { } next && !buffer.IsEmpty)
            Accept(await next.WaitAsync(cancellationToken));
        return Copy(buffer.Span);
    }

    /// <inheritdoc/>
    /// <remarks>Blocks the thread until the next range has come; readers should read asynchronously.</remarks>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        if (_position == _current.Length && _next is { } next && !buffer.IsEmpty)
            Accept(next.GetAwaiter().GetResult());
        return Copy(buffer);
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ = CloseAsync();
        base.Dispose(disposing);
    }

    private int Copy(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _current.Length - _position);
        _current.Buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private void Accept(BlobRange range)
    {
        _current.Release();
        _current = range;
        _position = 0;
        _fetched += range.Length;
        _next = _fetched < _ranges.Length ? _ranges.FetchAsync(_fetched, _closed.Token) : null;
    }

    private async Task CloseAsync()
    {
        if (_closed.IsCancellationRequested)
            return;
        await _closed.CancelAsync();
        _current.Release();
        _current = default;
        _position = 0;
        if (_next is { } next)
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (next.IsCompletedSuccessfully)
                (await next).Release();
        }
    }
}
