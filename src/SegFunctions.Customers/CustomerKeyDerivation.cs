using System.Security.Cryptography;
using System.Text;

namespace SegFunctions.Customers;

/// <summary>Makes customer keys from raw ids: HMAC-SHA256(secret, "v1\n" + namespace + "\n" + id), first 16 bytes.</summary>
/// <remarks>The id is taken as given: trimmed, its case and leading zeros kept. Safe for use by many threads.</remarks>
public sealed class CustomerKeyDerivation
{
    /// <summary>Shortest secret that is accepted, in bytes.</summary>
    public const int MinimumSecretLength = 16;

    /// <summary>Namespace of ids whose mapping names no source.</summary>
    public const string DefaultNamespace = "default";

    private readonly byte[] _secret;

    /// <exception cref="ArgumentException">The secret is shorter than <see cref="MinimumSecretLength"/> bytes.</exception>
    public CustomerKeyDerivation(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinimumSecretLength)
            throw new ArgumentException($"The secret for customer keys has {secret.Length} bytes; it needs at least {MinimumSecretLength}.", nameof(secret));
        _secret = secret.ToArray();
    }

    /// <summary>32 bytes that follow from the secret and from <paramref name="label"/>, and from which the secret does not follow (HKDF, RFC 5869).</summary>
    internal byte[] DeriveSecret(string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, 32, salt: [], info: Encoding.UTF8.GetBytes(label));

    /// <summary>The key of one raw id.</summary>
    public CustomerKey Derive(string source, string id) => Derive(source, Encoding.UTF8.GetBytes(id));

    /// <summary>The key of one raw id, given as UTF-8.</summary>
    public CustomerKey Derive(string source, ReadOnlySpan<byte> id)
    {
        ArgumentNullException.ThrowIfNull(source);
        var prefixLength = 3 + Encoding.UTF8.GetByteCount(source) + 1;
        var length = prefixLength + id.Length;
        var message = length <= 512 ? stackalloc byte[length] : new byte[length];
        "v1\n"u8.CopyTo(message);
        Encoding.UTF8.GetBytes(source, message[3..]);
        message[prefixLength - 1] = (byte)'\n';
        id.CopyTo(message[prefixLength..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, message, hash);
        return CustomerKey.FromBytes(hash);
    }
}
