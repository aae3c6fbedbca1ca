using SegFunctions.Customers;

namespace SegFunctions.App.Hosting.Settings;

/// <summary>The secrets that pseudonyms and the vault stand on; base64 in the app settings.</summary>
/// <remarks>Whoever changes one of them can no longer match, or no longer read, what was stored before.</remarks>
public sealed class SecretSettings
{
    /// <summary>Bytes of a key of AES-256.</summary>
    public const int VaultKeyLength = 32;

    private const string CustomerKeySetting = "SegFunctions__CustomerKeySecret";
    private const string VaultKeySetting = "SegFunctions__VaultKey";

    public SecretSettings(ReadOnlyMemory<byte> customerKeySecret, ReadOnlyMemory<byte> vaultKey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(customerKeySecret.Length, CustomerKeyDerivation.MinimumSecretLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vaultKey.Length, VaultKeyLength);
        CustomerKeySecret = customerKeySecret;
        VaultKey = vaultKey;
    }

    /// <summary>What customer keys are derived with.</summary>
    public ReadOnlyMemory<byte> CustomerKeySecret { get; }

    /// <summary>What direct identifiers are encrypted with.</summary>
    public ReadOnlyMemory<byte> VaultKey { get; }

    /// <summary>The secrets of the settings; null when there are faults, which are added to <paramref name="faults"/> without the values.</summary>
    public static SecretSettings? Read(IConfiguration configuration, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(faults);
        var before = faults.Count;
        var customerKeySecret = Bytes(CustomerKeySetting);
        if (customerKeySecret is { Length: < CustomerKeyDerivation.MinimumSecretLength })
            faults.Add($"The app setting {CustomerKeySetting} holds {customerKeySecret.Length} bytes; it needs at least {CustomerKeyDerivation.MinimumSecretLength}.");
        var vaultKey = Bytes(VaultKeySetting);
        if (vaultKey is not null && vaultKey.Length != VaultKeyLength)
            faults.Add($"The app setting {VaultKeySetting} holds {vaultKey.Length} bytes; it needs {VaultKeyLength}.");
        return faults.Count == before ? new SecretSettings(customerKeySecret, vaultKey) : null;

        byte[]? Bytes(string setting)
        {
            if (AppSettings.Find(configuration, setting) is not { } text)
            {
                faults.Add($"The app setting {setting} is missing; make one with 'openssl rand -base64 32' and keep it.");
                return null;
            }

            var bytes = new byte[text.Length];
            if (Convert.TryFromBase64String(text, bytes, out var length))
                return bytes[..length];
            faults.Add($"The app setting {setting} is no base64 text.");
            return null;
        }
    }
}
