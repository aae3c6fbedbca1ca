using System.Security.Cryptography;

namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>One key of the ring: never used on data itself, only to derive a key for each blob.</summary>
internal sealed class VaultKey
{
    public const int Length = 32;
    public const int IdLength = 8;

    private readonly byte[] _key;

    public VaultKey(byte[] key)
    {
        _key = key;
        // The id is public: it must not help to guess the key, nor be the key of anything.
        Id = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, IdLength, salt: [], info: "segfunctions vault key id"u8.ToArray());
    }

    /// <summary>Follows from the key, so that nobody has to number keys.</summary>
    public byte[] Id { get; }

    /// <summary>The key of one blob (HKDF with SHA-256, RFC 5869); a fresh salt makes it unique, so that nonces may count from zero.</summary>
    public void DeriveBlobKey(ReadOnlySpan<byte> salt, Span<byte> blobKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, blobKey, salt, "segfunctions vault blob"u8);
}
