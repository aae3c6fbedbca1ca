using SegFunctions.Customers;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Content that is looked through for the keys of a person, byte by byte, while somebody reads it for something else. Disposing it disposes the content.</summary>
internal sealed class KeyWatch(Stream content, Person person) : Stream
{
    /// <summary>A key may lie across two reads: the end of the one stands before the next.</summary>
    private const int Overlap = CustomerKey.TextLength - 1;

    private readonly byte[] _seam = new byte[2 * Overlap];
    private int _carried;

    /// <summary>Whether one of the keys was in what has been read so far.</summary>
    public bool HasSeen { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The content is read forward only.");

    public override long Position
    {
        get => throw new NotSupportedException("The content is read forward only.");
        set => throw new NotSupportedException("The content is read forward only.");
    }

    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        Look(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        Look(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The content is read forward only.");

    public override void SetLength(long value) => throw new NotSupportedException("The content is for reading.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The content is for reading.");

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    private void Look(ReadOnlySpan<byte> read)
    {
        if (HasSeen || read.Length == 0)
            return;
        var first = read[..Math.Min(Overlap, read.Length)];
        first.CopyTo(_seam.AsSpan(_carried));
        var seam = _seam.AsSpan(0, _carried + first.Length);
        HasSeen = person.HoldsKey(seam) || person.HoldsKey(read);
        var kept = read.Length >= Overlap ? read[^Overlap..] : seam[^Math.Min(Overlap, seam.Length)..];
        kept.CopyTo(_seam);
        _carried = kept.Length;
    }
}
