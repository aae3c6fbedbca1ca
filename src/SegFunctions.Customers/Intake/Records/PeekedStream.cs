namespace SegFunctions.Customers.Intake.Records;

/// <summary>A stream whose first bytes have been looked at; it gives them once more and then the rest.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _rest;
    private readonly byte[] _head;
    private int _position;

    private PeekedStream(byte[] head, bool isWhole, Stream rest)
    {
        _head = head;
        _rest = rest;
        IsWhole = isWhole;
    }

    /// <summary>What the stream gives first, whatever has been read since.</summary>
    public ReadOnlyMemory<byte> Head => _head;

    /// <summary>The head is all there is.</summary>
    public bool IsWhole { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads up to <paramref name="length"/> bytes ahead; the stream belongs to the result.</summary>
    public static async ValueTask<PeekedStream> OpenAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var head = new byte[length];
        var read = await stream.ReadAtLeastAsync(head, length, throwOnEndOfStream: false, cancellationToken);
        var isWhole = read < length;
        Array.Resize(ref head, read);
        return new PeekedStream(head, isWhole, stream);
    }

    /// <summary>Leaves out the first <paramref name="count"/> bytes of the head.</summary>
    public void Skip(int count) => _position += count;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var taken = TakeHead(buffer.Span);
        return taken > 0 || buffer.Length == 0 ? taken : await _rest.ReadAsync(buffer, cancellationToken);
    }

    public override int Read(Span<byte> buffer)
    {
        var taken = TakeHead(buffer);
        return taken > 0 || buffer.Length == 0 ? taken : _rest.Read(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _rest.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rest.Dispose();
        base.Dispose(disposing);
    }

    private int TakeHead(Span<byte> target)
    {
        var taken = Math.Min(target.Length, _head.Length - _position);
        _head.AsSpan(_position, taken).CopyTo(target);
        _position += taken;
        return taken;
    }
}
