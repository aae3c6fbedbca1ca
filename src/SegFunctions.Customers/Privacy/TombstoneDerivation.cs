using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SegFunctions.Customers.Privacy;

/// <summary>Makes tombstones: HMAC-SHA256 of the customer key's bytes, first 16 bytes, under a secret that follows from the secret of the customer keys.</summary>
/// <remarks>The secret is another one (HKDF with a label of its own), so that a tombstone says nothing to somebody who knows customer keys. Safe for use by many threads.</remarks>
public sealed class TombstoneDerivation
{
    private readonly byte[] _secret;

    public TombstoneDerivation(CustomerKeyDerivation keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _secret = keys.DeriveSecret("segfunctions tombstones v1");
    }

    /// <summary>The tombstone of a contact (<see cref="Erasure.PersonTraces.Contacts"/>): a row without an id is recognised by it.</summary>
    public Tombstone OfContact(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes("contact\n" + folded), hash);
        return new Tombstone(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    public Tombstone Of(CustomerKey key)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key.Value);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, bytes, hash);
        return new Tombstone(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
