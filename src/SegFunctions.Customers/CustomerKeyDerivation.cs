using System.Security.Cryptography;
using System.Text;

namespace SegFunctions.Customers;

/// <summary>Makes customer keys from raw ids: HMAC-SHA256(secret, "v1\n" + namespace + "\n" + id), first 16 bytes.</summary>
/// <remarks>The id is taken as given: trimmed, its case and leading zeros kept; of an address of e-mail in lower case (<see cref="AddressIds"/>). Safe for use by many threads.</remarks>
public sealed class CustomerKeyDerivation
{
    /// <summary>Shortest secret that is accepted, in bytes.</summary>
    public const int MinimumSecretLength = 16;

    /// <summary>Namespace of ids whose mapping names no source.</summary>
    public const string DefaultNamespace = "default";

    private readonly byte[] _secret;
    private readonly KeyedHashLanes? _lanes;

    /// <exception cref="ArgumentException">The secret is shorter than <see cref="MinimumSecretLength"/> bytes.</exception>
    public CustomerKeyDerivation(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinimumSecretLength)
            throw new ArgumentException($"The secret for customer keys has {secret.Length} bytes; it needs at least {MinimumSecretLength}.", nameof(secret));
        _secret = secret.ToArray();
        _lanes = KeyedHashLanes.IsSupported ? new KeyedHashLanes(secret) : null;
    }

    /// <summary>32 bytes that follow from the secret and from <paramref name="label"/>, and from which the secret does not follow (HKDF, RFC 5869).</summary>
    internal byte[] DeriveSecret(string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, 32, salt: [], info: Encoding.UTF8.GetBytes(label));

    /// <summary>The key of one raw id.</summary>
    public CustomerKey Derive(string source, string id) => Derive(source, Encoding.UTF8.GetBytes(id));

    /// <summary>What stands before the id in the message that is hashed.</summary>
    internal static byte[] PrefixOf(string source) => Encoding.UTF8.GetBytes($"v1\n{source}\n");

    /// <summary>The keys of <see cref="KeyedHashLanes.Lanes"/> messages of up to <see cref="KeyedHashLanes.LongestMessage"/> bytes, each a prefix and an id.</summary>
    /// <remarks>An id stands there as keys are made of it (<see cref="AddressIds.MayChange"/>).</remarks>
    /// <param name="blocks">A block of <see cref="KeyedHashLanes.BlockLength"/> bytes for each, which begins with its message; what lies behind is written over.</param>
    /// <param name="lengths">Of the messages.</param>
    internal void DeriveLanes(Span<byte> blocks, ReadOnlySpan<int> lengths, Span<CustomerKey> keys)
    {
        for (var lane = 0; lane < KeyedHashLanes.Lanes; lane++)
        {
            var block = blocks.Slice(lane * KeyedHashLanes.BlockLength, KeyedHashLanes.BlockLength);
            if (_lanes is null)
                keys[lane] = Hash(block[..lengths[lane]]);
            else
                KeyedHashLanes.Pad(block, lengths[lane]);
        }

        _lanes?.Hash(blocks, keys);
    }

    /// <summary>The key of one raw id, given as UTF-8.</summary>
    public CustomerKey Derive(string source, ReadOnlySpan<byte> id)
    {
        ArgumentNullException.ThrowIfNull(source);
        id = AddressIds.InOneCase(id);
        var prefixLength = 3 + Encoding.UTF8.GetByteCount(source) + 1;
        var length = prefixLength + id.Length;
        var message = length <= 512 ? stackalloc byte[length] : new byte[length];
        "v1\n"u8.CopyTo(message);
        Encoding.UTF8.GetBytes(source, message[3..]);
        message[prefixLength - 1] = (byte)'\n';
        id.CopyTo(message[prefixLength..]);
        return Hash(message);
    }

    private CustomerKey Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, message, hash);
        return CustomerKey.FromBytes(hash);
    }
}
