using System.Globalization;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Refresh;
using SegFunctions.Customers;

namespace SegFunctions.App;

/// <summary>The app's own settings, read as a whole so that a start names every fault at once.</summary>
/// <param name="CustomerKeySecret">At least 16 bytes.</param>
/// <param name="VaultKey">32 bytes.</param>
internal sealed record DomainSettings(byte[] CustomerKeySecret, byte[] VaultKey, RefreshOptions Refresh)
{
    private const int VaultKeyLength = 32;

    /// <exception cref="SettingsException">Something is missing or wrong; every fault is listed.</exception>
    public static DomainSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var secret = Bytes(AppSettingNames.CustomerKeySecret, length => length >= CustomerKeyDerivation.MinimumSecretLength, $"at least {CustomerKeyDerivation.MinimumSecretLength} bytes");
        var vaultKey = Bytes(AppSettingNames.VaultKey, length => length == VaultKeyLength, $"{VaultKeyLength} bytes");
        var defaults = new RefreshOptions();
        var refresh = new RefreshOptions
        {
            AfterUploads = Value(AppSettingNames.RefreshAfterUploads, defaults.AfterUploads, bool.TryParse, "true or false"),
            QuietPeriod = Value(AppSettingNames.QuietPeriod, defaults.QuietPeriod, TryParseSpan, "a time span such as 00:00:15"),
            Seed = Value(AppSettingNames.Seed, defaults.Seed, int.TryParse, "a whole number"),
        };
        faults.AddRange(refresh.Faults());
        return faults.Count == 0 ? new DomainSettings(secret, vaultKey, refresh) : throw new SettingsException(faults);

        byte[] Bytes(string name, Func<int, bool> fits, string wanted)
        {
            var text = AppSettings.Find(configuration, name);
            if (text is null)
            {
                faults.Add($"The setting {name} is missing: {wanted}, as base64. Make one with 'openssl rand -base64 32' and keep it: without it keys cannot be made again.");
                return [];
            }

            var buffer = new byte[text.Length];
            if (Convert.TryFromBase64String(text, buffer, out var length) && fits(length))
                return buffer[..length];
            faults.Add($"The setting {name} is not {wanted} as base64.");
            return [];
        }

        T Value<T>(string name, T standard, TryParse<T> parse, string wanted)
        {
            var text = AppSettings.Find(configuration, name);
            if (text is null)
                return standard;
            if (parse(text, out var value))
                return value;
            faults.Add($"The setting {name} is '{text}'; it is {wanted}.");
            return standard;
        }
    }

    private static bool TryParseSpan(string text, out TimeSpan span) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span);

    private delegate bool TryParse<T>(string text, out T value);
}
