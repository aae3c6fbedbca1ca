using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>Seals and opens the chunks of one blob with AES-256-GCM.</summary>
/// <remarks>
/// Layout: magic <c>SFVT</c>, version (1 byte), binary logarithm of the chunk length (1), key id (8), salt (32); then the
/// chunks, each as its ciphertext followed by a tag of 16 bytes. Only the last chunk may be shorter, down to empty.
/// The nonce is the chunk's index under a key that this blob alone has. The associated data is the header, the index,
/// whether the chunk is the last, and the blob's name: chunks that are changed, swapped, dropped, added or moved to
/// another blob do not open. (The STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015.)
/// </remarks>
internal sealed class BlobSeal : IDisposable
{
    public const int HeaderLength = 4 + 1 + 1 + VaultKey.IdLength + SaltLength;
    public const int TagLength = 16;

    private const byte Version = 1;
    private const byte DefaultChunkBits = 16;
    private const int LargestChunkBits = 24;
    private const int SaltLength = 32;
    private const int IndexAt = HeaderLength;
    private const int LastAt = IndexAt + 8;
    private const int NameAt = LastAt + 1;

    private readonly AesGcm _cipher;
    private readonly byte[] _associated;
    private readonly string _blob;
    private long _index;

    private BlobSeal(VaultKey key, ReadOnlySpan<byte> header, string blob)
    {
        Span<byte> blobKey = stackalloc byte[VaultKey.Length];
        key.DeriveBlobKey(header[(HeaderLength - SaltLength)..], blobKey);
        _cipher = new AesGcm(blobKey, TagLength);
        CryptographicOperations.ZeroMemory(blobKey);
        _associated = new byte[NameAt + Encoding.UTF8.GetByteCount(blob)];
        header.CopyTo(_associated);
        Encoding.UTF8.GetBytes(blob, _associated.AsSpan(NameAt));
        _blob = blob;
        ChunkLength = 1 << header[5];
    }

    private static ReadOnlySpan<byte> Magic => "SFVT"u8;

    /// <summary>Bytes of plaintext in every chunk but the last.</summary>
    public int ChunkLength { get; }

    public ReadOnlyMemory<byte> Header => _associated.AsMemory(0, HeaderLength);

    public bool IsOf(VaultKey key) => Header.Span.Slice(6, VaultKey.IdLength).SequenceEqual(key.Id);

    /// <summary>A seal for new content, with a fresh salt.</summary>
    public static BlobSeal Create(VaultKey key, string blob)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        Magic.CopyTo(header);
        header[4] = Version;
        header[5] = DefaultChunkBits;
        key.Id.CopyTo(header[6..]);
        RandomNumberGenerator.Fill(header[(HeaderLength - SaltLength)..]);
        return new BlobSeal(key, header, blob);
    }

    /// <summary>The seal that a blob's header describes.</summary>
    /// <param name="header">As many bytes as the blob has, up to <see cref="HeaderLength"/>.</param>
    public static BlobSeal Open(VaultKeyRing keys, ReadOnlySpan<byte> header, string blob)
    {
        if (header.Length < HeaderLength || !header.StartsWith(Magic) || header[4] == 0)
            throw new VaultException(blob, VaultFault.NotSealed, "it was not sealed by a vault");
        if (header[4] > Version)
            throw new VaultException(blob, VaultFault.NewerFormat, $"its format is {header[4]} and this program reads up to {Version}: update the program");
        if (header[5] > LargestChunkBits)
            throw new VaultException(blob, VaultFault.Tampered, "its header is not one that a vault writes");
        var id = header.Slice(6, VaultKey.IdLength);
        var key = keys.Find(id) ?? throw new VaultException(
            blob, VaultFault.UnknownKey, $"it was sealed with key {Convert.ToHexStringLower(id)}, which is not in the ring: keep retired keys until nothing is sealed with them");
        return new BlobSeal(key, header, blob);
    }

    /// <summary>Seals the next chunk: <paramref name="chunk"/> is <paramref name="plaintext"/> and <see cref="TagLength"/> bytes long.</summary>
    public void SealNext(ReadOnlySpan<byte> plaintext, bool isLast, Span<byte> chunk)
    {
        Span<byte> nonce = stackalloc byte[12];
        Prepare(nonce, isLast);
        _cipher.Encrypt(nonce, plaintext, chunk[..plaintext.Length], chunk[plaintext.Length..], _associated);
    }

    /// <summary>Opens the next chunk.</summary>
    /// <exception cref="VaultException">It is not the chunk that was sealed at this place of this blob.</exception>
    public void OpenNext(ReadOnlySpan<byte> chunk, bool isLast, Span<byte> plaintext)
    {
        if (chunk.Length < TagLength)
            throw Tampered();
        Span<byte> nonce = stackalloc byte[12];
        Prepare(nonce, isLast);
        try
        {
            _cipher.Decrypt(nonce, chunk[..^TagLength], chunk[^TagLength..], plaintext[..(chunk.Length - TagLength)], _associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Tampered();
        }
    }

    public void Dispose() => _cipher.Dispose();

    private void Prepare(Span<byte> nonce, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], _index);
        BinaryPrimitives.WriteInt64BigEndian(_associated.AsSpan(IndexAt), _index);
        _associated[LastAt] = isLast ? (byte)1 : (byte)0;
        _index++;
    }

    private VaultException Tampered() => new(
        _blob, VaultFault.Tampered, $"chunk {Math.Max(0, _index - 1)} is not what was sealed there; it was changed, cut short, or moved from another blob");
}
