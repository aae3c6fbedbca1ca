using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>Reads content and holds it to the length that the manifest gives, at its end at the latest.</summary>
internal sealed class MeasuredReadStream(Stream inner, string blob, long expected) : ReadOnlyStream
{
    private long _read;

    public override int Read(Span<byte> buffer) => Measure(inner.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Measure(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Measure(int count, int wanted)
    {
        _read += count;
        if (_read > expected || (count == 0 && wanted > 0 && _read < expected))
            throw new LakeContentException(blob, $"its content has {(_read > expected ? "more" : "only " + _read)} of {expected} bytes");
        return count;
    }
}
