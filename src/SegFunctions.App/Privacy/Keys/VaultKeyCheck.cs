using SegFunctions.App.Hosting.Settings;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Keys;

/// <summary>Asks for the keys at the start, so that a process that cannot open the vault does not begin to work.</summary>
internal sealed class VaultKeyCheck(VaultKeys keys) : IHostedService
{
    /// <exception cref="SettingsException">The keys cannot be had.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.CurrentAsync(cancellationToken);
        }
        catch (KeyVaultException unusable)
        {
            throw new SettingsException([$"{unusable.Message} The setting is {AppSettingNames.VaultKeyUri}."]);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
