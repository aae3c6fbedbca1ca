using System.Globalization;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Privacy.Keys;
using SegFunctions.App.Privacy.Retention;
using SegFunctions.App.Refresh;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Privacy.Consents;

namespace SegFunctions.App;

/// <summary>The app's own settings, read as a whole so that a start names every fault at once.</summary>
/// <param name="CustomerKeySecret">At least 16 bytes.</param>
/// <param name="VaultKeys">Where the keys of the vault come from.</param>
/// <param name="Retention">How long data is kept.</param>
/// <param name="Consents">What counts where a customer has said nothing.</param>
/// <param name="Keep">Which columns that no field claims are kept where a mapping does not say.</param>
internal sealed record DomainSettings(
    byte[] CustomerKeySecret, VaultKeySettings VaultKeys, RefreshOptions Refresh, ConsentPolicy Consents, RetentionOptions Retention, KeepPolicy Keep)
{
    /// <exception cref="SettingsException">Something is missing or wrong; every fault is listed.</exception>
    public static DomainSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var settings = Read(configuration, faults);
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    /// <summary>Every fault of the settings, for a start that refuses all faults at once.</summary>
    public static IReadOnlyList<string> FaultsOf(IConfiguration configuration)
    {
        var faults = new List<string>();
        Read(configuration, faults);
        return faults;
    }

    private static DomainSettings Read(IConfiguration configuration, List<string> faults)
    {
        var secret = ReadSecret();
        var vaultKeys = VaultKeySettings.Read(configuration, faults);
        var defaults = new RefreshOptions();
        var refresh = new RefreshOptions
        {
            AfterUploads = Value(AppSettingNames.RefreshAfterUploads, defaults.AfterUploads, bool.TryParse, "true or false"),
            QuietPeriod = Value(AppSettingNames.QuietPeriod, defaults.QuietPeriod, TryParseSpan, "a time span such as 00:00:15"),
            Seed = Value(AppSettingNames.Seed, defaults.Seed, int.TryParse, "a whole number"),
        };
        faults.AddRange(refresh.Faults());
        var keep = Value<KeepPolicy>(AppSettingNames.Keep, KeepPolicy.All, TryParseKeep, "all or mapped");
        return new DomainSettings(secret, vaultKeys, refresh, ReadConsents(), ReadRetention(), keep);

        byte[] ReadSecret()
        {
            var text = AppSettings.Find(configuration, AppSettingNames.CustomerKeySecret);
            var buffer = new byte[text?.Length ?? 0];
            if (text is null)
                faults.Add(AppSettings.MissingKey(AppSettingNames.CustomerKeySecret));
            else if (!Convert.TryFromBase64String(text, buffer, out var length))
                faults.Add($"The app setting {AppSettingNames.CustomerKeySecret} is no base64 text.");
            else if (length < CustomerKeyDerivation.MinimumSecretLength)
                faults.Add($"The app setting {AppSettingNames.CustomerKeySecret} holds {length} bytes; it needs at least {CustomerKeyDerivation.MinimumSecretLength}.");
            else
                return buffer[..length];
            return [];
        }

        RetentionOptions ReadRetention()
        {
            var retention = new RetentionOptions
            {
                FileDays = Value<int?>(AppSettingNames.KeepFiles, null, TryParseDays, "a whole number of days, 1 or more"),
            };
            try
            {
                return retention with { RowDays = RetentionOptions.ParseRows(AppSettings.Find(configuration, AppSettingNames.Retention) ?? "") };
            }
            catch (FormatException wrong)
            {
                faults.Add($"The app setting {AppSettingNames.Retention} cannot be used. {wrong.Message}");
                return retention;
            }
        }

        ConsentPolicy ReadConsents()
        {
            try
            {
                return ConsentPolicy.Parse(AppSettings.Find(configuration, AppSettingNames.ConsentPolicy) ?? "");
            }
            catch (FormatException wrong)
            {
                faults.Add($"The app setting {AppSettingNames.ConsentPolicy} cannot be used. {wrong.Message}");
                return ConsentPolicy.Standard;
            }
        }

        T Value<T>(string name, T standard, TryParse<T> parse, string wanted)
        {
            var text = AppSettings.Find(configuration, name);
            if (text is null)
                return standard;
            if (parse(text, out var value))
                return value;
            faults.Add($"The app setting {name} is '{text}'; it is {wanted}.");
            return standard;
        }
    }

    private static bool TryParseSpan(string text, out TimeSpan span) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span);

    private static bool TryParseKeep(string text, out KeepPolicy keep)
    {
        keep = text == "mapped" ? KeepPolicy.Mapped : KeepPolicy.All;
        return text is "all" or "mapped";
    }

    private static bool TryParseDays(string text, out int? days)
    {
        days = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        return days is not null;
    }

    private delegate bool TryParse<T>(string text, out T value);
}
