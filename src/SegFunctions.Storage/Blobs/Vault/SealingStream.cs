using System.Security.Cryptography;
using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>Seals what is written, chunk by chunk; <see cref="CompleteAsync"/> seals the last. Disposal does not.</summary>
internal sealed class SealingStream(Stream target, BlobSeal seal) : BlockFillingStream(seal.ChunkLength)
{
    private readonly byte[] _plaintext = new byte[seal.ChunkLength];
    private readonly byte[] _chunk = new byte[seal.ChunkLength + BlobSeal.TagLength];
    private bool _hasHeader;

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        IsClosed = true;
        if (!_hasHeader)
            await target.WriteAsync(TakeHeader(), cancellationToken);
        await target.WriteAsync(SealChunk(isLast: true), cancellationToken);
        CryptographicOperations.ZeroMemory(_plaintext);
    }

    protected override void Dispose(bool disposing) => IsClosed = true;

    protected override byte[] BufferFor(int length) => _plaintext;

    protected override void PassBlockOn()
    {
        if (!_hasHeader)
            target.Write(TakeHeader().Span);
        target.Write(SealChunk(isLast: false).Span);
    }

    protected override async ValueTask PassBlockOnAsync(CancellationToken cancellationToken)
    {
        if (!_hasHeader)
            await target.WriteAsync(TakeHeader(), cancellationToken);
        await target.WriteAsync(SealChunk(isLast: false), cancellationToken);
    }

    private ReadOnlyMemory<byte> TakeHeader()
    {
        _hasHeader = true;
        return seal.Header;
    }

    private ReadOnlyMemory<byte> SealChunk(bool isLast)
    {
        var length = TakeFilled();
        var chunk = _chunk.AsMemory(0, length + BlobSeal.TagLength);
        seal.SealNext(_plaintext.AsSpan(0, length), isLast, chunk.Span);
        return chunk;
    }
}
