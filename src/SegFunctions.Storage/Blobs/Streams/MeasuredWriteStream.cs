using System.Security.Cryptography;

namespace SegFunctions.Storage.Blobs.Streams;

/// <summary>Counts what passes into another stream, and hashes it when asked to; the other stream stays open.</summary>
internal sealed class MeasuredWriteStream(Stream inner, IncrementalHash? hash = null) : WriteOnlyStream
{
    public long Written { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Measure(buffer);
        inner.Write(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Measure(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private void Measure(ReadOnlySpan<byte> buffer)
    {
        Written += buffer.Length;
        hash?.AppendData(buffer);
    }
}
