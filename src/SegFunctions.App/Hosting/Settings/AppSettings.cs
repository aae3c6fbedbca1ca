namespace SegFunctions.App.Hosting.Settings;

/// <summary>App settings by their names, as the Functions host finds them.</summary>
public static class AppSettings
{
    /// <summary>A setting by the name that it has in the environment, with <c>__</c> between its parts; null where absent or empty.</summary>
    public static string? Find(IConfiguration configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(name);
        var value = configuration[name.Replace("__", ":", StringComparison.Ordinal)];
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>The fault of a setting that holds a key and is missing.</summary>
    internal static string MissingKey(string name) =>
        $"The app setting {name} is missing: 32 random bytes as base64 ('openssl rand -base64 32'). Keep it: what it has made cannot be made again without it.";

    /// <summary>Replaces every <c>%NAME%</c>; a missing setting is added to <paramref name="faults"/>.</summary>
    /// <param name="place">What the text belongs to, for the fault's message.</param>
    internal static string Expand(IConfiguration configuration, string text, string place, List<string> faults)
    {
        var parts = text.Split('%');
        if (parts.Length % 2 == 0)
        {
            faults.Add($"{place}: '{text}' has a single percent sign; settings stand between two, as in %NAME%.");
            return text;
        }

        for (var i = 1; i < parts.Length; i += 2)
        {
            if (Find(configuration, parts[i]) is { } value)
                parts[i] = value;
            else
                faults.Add($"{place}: the app setting '{parts[i]}' is missing; '{text}' needs it.");
        }

        return string.Concat(parts);
    }

    /// <summary>Whether app settings switch a function off: <c>AzureWebJobs.Name.Disabled</c>, or with underscores for the dots.</summary>
    internal static bool IsDisabled(IConfiguration configuration, string function) =>
        IsTrue(Find(configuration, $"AzureWebJobs.{function}.Disabled")) || IsTrue(Find(configuration, $"AzureWebJobs_{function}_Disabled"));

    private static bool IsTrue(string? value) => value is "1" || (bool.TryParse(value, out var isTrue) && isTrue);
}
