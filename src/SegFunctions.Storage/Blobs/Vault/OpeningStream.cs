using System.Security.Cryptography;
using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>Opens a sealed blob chunk by chunk; no byte leaves before the chunk that holds it has been verified.</summary>
internal sealed class OpeningStream : ReadOnlyStream
{
    private readonly Stream _source;
    private readonly BlobSeal _seal;
    private readonly byte[] _plaintext;

    // One byte more than a chunk: whether it is there tells whether the chunk is the last.
    private readonly byte[] _sealed;
    private int _carried;
    private int _length;
    private int _position;
    private bool _isLast;

    public OpeningStream(Stream source, BlobSeal seal)
    {
        _source = source;
        _seal = seal;
        _plaintext = new byte[seal.ChunkLength];
        _sealed = new byte[seal.ChunkLength + BlobSeal.TagLength + 1];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position == _length && !_isLast && !buffer.IsEmpty)
        {
            var read = await _source.ReadAtLeastAsync(
                _sealed.AsMemory(_carried), _sealed.Length - _carried, throwOnEndOfStream: false, cancellationToken);
            OpenChunk(_carried + read);
        }

        return Copy(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        while (_position == _length && !_isLast && !buffer.IsEmpty)
        {
            var read = _source.ReadAtLeast(_sealed.AsSpan(_carried), _sealed.Length - _carried, throwOnEndOfStream: false);
            OpenChunk(_carried + read);
        }

        return Copy(buffer);
    }

    public override async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
            _seal.Dispose();
            CryptographicOperations.ZeroMemory(_plaintext);
        }

        base.Dispose(disposing);
    }

    private void OpenChunk(int available)
    {
        var isLast = available < _sealed.Length;
        var chunk = _sealed.AsSpan(0, isLast ? available : _sealed.Length - 1);
        _seal.OpenNext(chunk, isLast, _plaintext);
        _isLast = isLast;
        _length = chunk.Length - BlobSeal.TagLength;
        _position = 0;
        _carried = 0;
        if (!isLast)
        {
            _sealed[0] = _sealed[^1];
            _carried = 1;
        }
    }

    private int Copy(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _length - _position);
        _plaintext.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
