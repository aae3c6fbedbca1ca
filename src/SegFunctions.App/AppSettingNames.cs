namespace SegFunctions.App;

/// <summary>The app's settings by the names that they have in the environment.</summary>
internal static class AppSettingNames
{
    /// <summary>Base64 of at least 16 bytes; customer keys are made with it.</summary>
    public const string CustomerKeySecret = "SegFunctions__CustomerKeySecret";

    /// <summary>Base64 of 32 bytes, or several with commas between, the newest first; direct identifiers are sealed with it.</summary>
    public const string VaultKey = "SegFunctions__VaultKey";

    /// <summary>Address of a secret in Key Vault whose versions are the keys of the vault: <c>https://NAME.vault.azure.net/secrets/NAME</c>.</summary>
    public const string VaultKeyUri = "SegFunctions__VaultKeyUri";

    /// <summary>Client id of the user-assigned identity that reads it; without it the app's own identity does.</summary>
    public const string VaultKeyClientId = "SegFunctions__VaultKeyClientId";

    /// <summary>Key of the HTTP functions where this process checks keys itself.</summary>
    public const string ApiKey = "SegFunctions__ApiKey";

    /// <summary>How long uploads must rest before a refresh starts: a time span.</summary>
    public const string QuietPeriod = "SegFunctions__QuietPeriod";

    /// <summary>Whether uploads start a refresh: true or false.</summary>
    public const string RefreshAfterUploads = "SegFunctions__RefreshAfterUploads";

    /// <summary>What counts where a customer has said nothing: <c>analytics=opt-out,profiling=opt-out,marketing=opt-in,activation=opt-in</c>.</summary>
    public const string ConsentPolicy = "SegFunctions__ConsentPolicy";

    /// <summary>Which columns that no field claims are kept, where a file's mapping does not say: all or mapped.</summary>
    public const string Keep = "SegFunctions__Keep";

    /// <summary>Days after which rows go, by dataset: <c>orders=1095,events=400</c>.</summary>
    public const string Retention = "SegFunctions__Retention";

    /// <summary>Days after which dropped files, quarantine and reports go.</summary>
    public const string KeepFiles = "SegFunctions__KeepFilesDays";

    /// <summary>Seed of refreshes that name none: a whole number.</summary>
    public const string Seed = "SegFunctions__Seed";
}
