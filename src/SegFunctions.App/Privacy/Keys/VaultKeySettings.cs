using System.Diagnostics.CodeAnalysis;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Keys;

/// <summary>Where the keys of the vault come from: a setting, a secret in Key Vault, or both.</summary>
/// <param name="Ring">The keys of the setting; null where there is none. Beside a secret they open only, so that a house can move to Key Vault.</param>
/// <param name="Secret">The secret in Key Vault whose versions are keys; null where the setting alone counts.</param>
/// <param name="ClientId">The user-assigned identity that reads the secret; null: the app's own.</param>
internal sealed record VaultKeySettings(string? Setting, VaultKeyRing? Ring, KeyVaultSecretIdentifier? Secret, string? ClientId)
{
    private const string Wanted = "https://NAME.vault.azure.net/secrets/NAME, without a version: all enabled versions are keys";

    /// <summary>Reads the settings; what is wrong with them is added to <paramref name="faults"/>.</summary>
    public static VaultKeySettings Read(IConfiguration configuration, ICollection<string> faults)
    {
        var setting = AppSettings.Find(configuration, AppSettingNames.VaultKey);
        var address = AppSettings.Find(configuration, AppSettingNames.VaultKeyUri);
        KeyVaultSecretIdentifier? secret = null;
        if (setting is null && address is null)
            faults.Add($"{AppSettings.MissingKey(AppSettingNames.VaultKey)} Or {AppSettingNames.VaultKeyUri} names a secret in Key Vault: {Wanted}.");
        if (address is not null)
        {
            if (TryRead(address, out var read))
                secret = read;
            else
                faults.Add($"The app setting {AppSettingNames.VaultKeyUri} is '{address}'; it is {Wanted}.");
        }

        VaultKeyRing? ring = null;
        try
        {
            ring = setting is null ? null : VaultKeyRing.Parse(setting);
        }
        catch (FormatException wrong)
        {
            faults.Add($"The app setting {AppSettingNames.VaultKey} cannot be used. {wrong.Message}");
        }

        return new VaultKeySettings(setting, ring, secret, AppSettings.Find(configuration, AppSettingNames.VaultKeyClientId));
    }

    /// <summary>The keys; nothing is asked for yet.</summary>
    public VaultKeys Open(TimeProvider time, ILogger<KeyVaultKeys> logger)
    {
        if (Secret is not { } secret)
            return Ring ?? throw new InvalidOperationException("Settings with faults hold no keys.");
        TokenCredential identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ClientId });
        return new KeyVaultKeys(new SecretClient(secret.VaultUri, identity), secret.Name, Setting, time, logger);
    }

    private static bool TryRead(string address, [NotNullWhen(true)] out KeyVaultSecretIdentifier? secret)
    {
        secret = null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Query.Length > 0
            || uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["secrets", _])
            return false;
        return KeyVaultSecretIdentifier.TryCreate(uri, out var read) && (secret = read) is not null;
    }
}
