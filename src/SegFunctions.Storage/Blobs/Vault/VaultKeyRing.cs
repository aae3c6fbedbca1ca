using System.Security.Cryptography;

namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>The keys of a vault: the newest seals, all of them open. By itself it is a source of keys that never change.</summary>
public sealed class VaultKeyRing : VaultKeys
{
    private readonly VaultKey[] _keys;

    private VaultKeyRing(VaultKey[] keys) => _keys = keys;

    internal VaultKey Newest => _keys[0];

    /// <summary>Id of the key that seals: it follows from the key, and the key does not follow from it.</summary>
    public string NewestId => Convert.ToHexStringLower(Newest.Id);

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Length;

    /// <summary>Reads keys as a setting holds them: base64 of 32 bytes each, the newest first, with commas between.</summary>
    /// <exception cref="FormatException">There is no key, one is not base64 of 32 bytes, or one stands twice; keys are not repeated in the message.</exception>
    public static VaultKeyRing Parse(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var texts = setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (texts.Length == 0)
            throw new FormatException("The vault has no key. Give it base64 of 32 random bytes; several keys stand with commas between, the newest first.");

        var keys = new VaultKey[texts.Length];
        for (var place = 0; place < texts.Length; place++)
        {
            var key = new byte[VaultKey.Length + 1];
            if (!Convert.TryFromBase64String(texts[place], key, out var length) || length != VaultKey.Length)
                throw new FormatException($"Key {place + 1} of the vault is not base64 of {VaultKey.Length} bytes.");
            keys[place] = new VaultKey(key[..VaultKey.Length]);
            if (keys.AsSpan(0, place).ToArray().Any(other => other.Id.AsSpan().SequenceEqual(keys[place].Id)))
                throw new FormatException($"Key {place + 1} of the vault stands there twice.");
        }

        return new VaultKeyRing(keys);
    }

    public override ValueTask<VaultKeyRing> CurrentAsync(CancellationToken cancellationToken) => ValueTask.FromResult(this);

    public override ValueTask<VaultKeyRing> RefreshedAsync(CancellationToken cancellationToken) => ValueTask.FromResult(this);

    /// <summary>A new random key, as <see cref="Parse"/> reads it. Put it before the older ones.</summary>
    public static string GenerateKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(VaultKey.Length));

    internal VaultKey? Find(ReadOnlySpan<byte> id)
    {
        foreach (var key in _keys)
        {
            if (id.SequenceEqual(key.Id))
                return key;
        }

        return null;
    }
}
