using SegFunctions.Storage.Blobs.Streams;
using ZstdSharp;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>Unpacks Zstandard frames and says of a broken one what gzip says of a broken file; disposing it disposes the source.</summary>
/// <exception cref="InvalidDataException">While reading: the content is damaged or cut off.</exception>
internal sealed class ZstandardReadStream(Stream source) : ReadOnlyStream
{
    private readonly DecompressionStream _inner = new(source, leaveOpen: false);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (Exception fault) when (fault is ZstdException or EndOfStreamException)
        {
            throw Damaged(fault);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (fault is ZstdException or EndOfStreamException)
        {
            throw Damaged(fault);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        await source.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private static InvalidDataException Damaged(Exception fault) => new("The content is no whole Zstandard frame: it was damaged or cut off.", fault);
}
