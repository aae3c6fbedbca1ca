using System.Text.Json;

namespace SegFunctions.App.Hosting.Settings;

/// <summary>Where settings come from: host.json, then the environment over it, then what the caller gives over both.</summary>
/// <remarks>
/// Every key of host.json can be overridden in the environment as the Functions host allows:
/// <c>AzureFunctionsJobHost__extensions__queues__batchSize</c>. Nothing is watched for changes.
/// </remarks>
public static class HostConfiguration
{
    /// <summary>Prefix of the keys of host.json.</summary>
    public const string Prefix = "AzureFunctionsJobHost";

    /// <param name="hostJson">Path of a host.json, or null for none.</param>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static IConfiguration Load(string? hostJson, IEnumerable<KeyValuePair<string, string?>>? overrides = null)
    {
        var builder = new ConfigurationBuilder();
        if (hostJson is not null)
            builder.AddInMemoryCollection(ReadHostJson(hostJson));
        builder.AddEnvironmentVariables();
        if (overrides is not null)
            builder.AddInMemoryCollection(overrides.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value)));
        return builder.Build();
    }

    private static Dictionary<string, string?> ReadHostJson(string path)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Flatten(Prefix, document.RootElement, values);
        }
        catch (JsonException exception)
        {
            throw new SettingsException([$"{path}, line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: this is no JSON."]);
        }
        catch (IOException exception)
        {
            throw new SettingsException([$"{path}: {exception.Message}"]);
        }

        return values;
    }

    private static void Flatten(string key, JsonElement element, Dictionary<string, string?> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Flatten($"{key}:{property.Name}", property.Value, values);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten($"{key}:{index++}", item, values);
                break;
            default:
                values[key] = element.ToString();
                break;
        }
    }
}
