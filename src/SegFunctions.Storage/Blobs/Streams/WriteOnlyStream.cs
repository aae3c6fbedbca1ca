namespace SegFunctions.Storage.Blobs.Streams;

/// <summary>What every forward-only stream to write to has in common; the two writes are left to derived classes.</summary>
internal abstract class WriteOnlyStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("The stream is written forward only.");

    public override long Position
    {
        get => throw new NotSupportedException("The stream is written forward only.");
        set => throw new NotSupportedException("The stream is written forward only.");
    }

    public abstract override void Write(ReadOnlySpan<byte> buffer);

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Nothing to do: content reaches its end when the writer of the whole has returned.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The stream is for writing.");

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("The stream is written forward only.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream is written forward only.");
}
