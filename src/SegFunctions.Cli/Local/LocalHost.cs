using Microsoft.Extensions.Logging;
using SegFunctions.App;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Settings;

namespace SegFunctions.Cli.Local;

/// <summary>The built-in trigger host inside this process, on a command's storage.</summary>
internal static class LocalHost
{
    /// <param name="port">0 takes a free one.</param>
    /// <param name="settings">Over the environment's.</param>
    /// <param name="logFile">Where log lines go instead of standard output; null keeps them there.</param>
    public static SegFunctionsHost Create(
        StorageSession session, int port, IReadOnlyDictionary<string, string?> settings, string? logFile, TimeProvider time)
    {
        var configuration = HostConfiguration.Load(hostJson: null, new Dictionary<string, string?>(settings, StringComparer.Ordinal)
        {
            [AppSettingNames.CustomerKeySecret] = session.Secrets.CustomerKeySecret,
            [AppSettingNames.VaultKey] = session.Secrets.VaultKey,
            [AppSettingNames.ApiKey] = session.Secrets.ApiKey,
        });
        return SegFunctionsHost.Create(SegFunctionsApp.Options(configuration, () => session.Account) with
        {
            Url = $"http://127.0.0.1:{port}",
            Time = time,
            Logging = logFile is null ? null : logging => logging.AddProvider(new LogFile(logFile)),
        });
    }
}
