using System.Security.Cryptography;
using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>Seals what is written, chunk by chunk; <see cref="CompleteAsync"/> seals the last. Disposal does not.</summary>
internal sealed class SealingStream : WriteOnlyStream
{
    private readonly Stream _target;
    private readonly BlobSeal _seal;
    private readonly byte[] _plaintext;
    private readonly byte[] _chunk;
    private int _filled;
    private bool _hasHeader;
    private bool _closed;

    public SealingStream(Stream target, BlobSeal seal)
    {
        _target = target;
        _seal = seal;
        _plaintext = new byte[seal.ChunkLength];
        _chunk = new byte[seal.ChunkLength + BlobSeal.TagLength];
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (true)
        {
            buffer = buffer[Fill(buffer.Span)..];
            if (buffer.IsEmpty)
                return;
            if (!_hasHeader)
                await _target.WriteAsync(TakeHeader(), cancellationToken);
            await _target.WriteAsync(SealChunk(isLast: false), cancellationToken);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (true)
        {
            buffer = buffer[Fill(buffer)..];
            if (buffer.IsEmpty)
                return;
            if (!_hasHeader)
                _target.Write(TakeHeader().Span);
            _target.Write(SealChunk(isLast: false).Span);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        if (!_hasHeader)
            await _target.WriteAsync(TakeHeader(), cancellationToken);
        await _target.WriteAsync(SealChunk(isLast: true), cancellationToken);
        CryptographicOperations.ZeroMemory(_plaintext);
    }

    protected override void Dispose(bool disposing) => _closed = true;

    private int Fill(ReadOnlySpan<byte> content)
    {
        var count = Math.Min(content.Length, _plaintext.Length - _filled);
        content[..count].CopyTo(_plaintext.AsSpan(_filled));
        _filled += count;
        return count;
    }

    private ReadOnlyMemory<byte> TakeHeader()
    {
        _hasHeader = true;
        return _seal.Header;
    }

    private ReadOnlyMemory<byte> SealChunk(bool isLast)
    {
        var chunk = _chunk.AsMemory(0, _filled + BlobSeal.TagLength);
        _seal.SealNext(_plaintext.AsSpan(0, _filled), isLast, chunk.Span);
        _filled = 0;
        return chunk;
    }
}
