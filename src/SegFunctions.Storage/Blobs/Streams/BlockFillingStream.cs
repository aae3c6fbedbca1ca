namespace SegFunctions.Storage.Blobs.Streams;

/// <summary>Gathers what is written into a block; a full one is passed on when more follows, so that the last stays for the end.</summary>
/// <param name="blockLength">Bytes of a full block.</param>
internal abstract class BlockFillingStream(int blockLength) : WriteOnlyStream
{
    /// <summary>Bytes of the block that are filled.</summary>
    protected int Filled { get; private set; }

    /// <summary>Whether nothing more may be written.</summary>
    protected bool IsClosed { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        while (true)
        {
            buffer = buffer[Fill(buffer)..];
            if (buffer.IsEmpty)
                return;
            PassBlockOn();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        while (true)
        {
            buffer = buffer[Fill(buffer.Span)..];
            if (buffer.IsEmpty)
                return;
            await PassBlockOnAsync(cancellationToken);
        }
    }

    /// <summary>A buffer that begins with what is filled and has room for that many bytes in all.</summary>
    protected abstract byte[] BufferFor(int length);

    /// <summary>Passes the full block on; it calls <see cref="TakeFilled"/>.</summary>
    protected abstract void PassBlockOn();

    /// <inheritdoc cref="PassBlockOn"/>
    protected abstract ValueTask PassBlockOnAsync(CancellationToken cancellationToken);

    /// <summary>The bytes that are filled; from here on the block counts as empty.</summary>
    protected int TakeFilled()
    {
        var filled = Filled;
        Filled = 0;
        return filled;
    }

    private int Fill(ReadOnlySpan<byte> content)
    {
        var count = Math.Min(content.Length, blockLength - Filled);
        content[..count].CopyTo(BufferFor(Filled + count).AsSpan(Filled));
        Filled += count;
        return count;
    }
}
