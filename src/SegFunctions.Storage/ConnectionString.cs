namespace SegFunctions.Storage;

/// <summary>Reads the connection strings that the portal, the tools and the emulator hand out.</summary>
internal static class ConnectionString
{
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Settings that have a meaning here, and those that may stand beside them without one.</summary>
    private static readonly string[] Known =
    [
        "DefaultEndpointsProtocol", "AccountName", "AccountKey", "SharedAccessSignature", "EndpointSuffix",
        "BlobEndpoint", "QueueEndpoint", "TableEndpoint", "UseDevelopmentStorage",
        "FileEndpoint", "BlobSecondaryEndpoint", "QueueSecondaryEndpoint", "TableSecondaryEndpoint", "FileSecondaryEndpoint",
    ];

    /// <exception cref="StorageConnectionException">Names every fault at once; no value that could be a secret is repeated.</exception>
    public static StorageConnection Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var faults = new List<string>();
        var settings = Split(connectionString, faults);
        if (settings.Count == 0 && faults.Count == 0)
            faults.Add("the connection string is empty");
        if (faults.Count == 0)
            settings = Emulated(settings, faults);

        var account = settings.GetValueOrDefault("AccountName");
        var key = settings.GetValueOrDefault("AccountKey");
        var signature = settings.GetValueOrDefault("SharedAccessSignature")?.TrimStart('?');
        if (faults.Count == 0)
            CheckCredential(account, key, signature, faults);

        var blobs = Endpoint("Blob");
        var queues = Endpoint("Queue");
        var tables = Endpoint("Table");
        if (faults.Count > 0)
            throw new StorageConnectionException(faults);
        return new StorageConnection
        {
            Blobs = blobs!,
            Queues = queues!,
            Tables = tables!,
            AccountName = account,
            AccountKey = key,
            SharedAccessSignature = key is null ? signature : null,
        };

        Uri? Endpoint(string service) => faults.Count == 0 || settings.ContainsKey(service + "Endpoint")
            ? EndpointOf(service, settings, account, faults)
            : null;
    }

    private static Dictionary<string, string> Split(string connectionString, List<string> faults)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0)
                faults.Add("a part between two semicolons is not of the form name=value");
            else if (!Known.Contains(part[..equals].Trim(), StringComparer.OrdinalIgnoreCase))
                faults.Add($"'{part[..equals].Trim()}' is not a setting of a storage connection string");
            else if (equals == part.Length - 1)
                faults.Add($"{part[..equals]} has no value");
            else if (!settings.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
                faults.Add($"{part[..equals]} appears twice");
        }

        return settings;
    }

    private static Dictionary<string, string> Emulated(Dictionary<string, string> settings, List<string> faults)
    {
        if (!settings.TryGetValue("UseDevelopmentStorage", out var use))
            return settings;
        if (!bool.TryParse(use, out var emulated) || !emulated || settings.Count > 1)
        {
            faults.Add("UseDevelopmentStorage can only be 'true', and alone");
            return settings;
        }

        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["AccountName"] = EmulatorAccount,
            ["AccountKey"] = EmulatorKey,
            ["BlobEndpoint"] = $"http://127.0.0.1:10000/{EmulatorAccount}",
            ["QueueEndpoint"] = $"http://127.0.0.1:10001/{EmulatorAccount}",
            ["TableEndpoint"] = $"http://127.0.0.1:10002/{EmulatorAccount}",
        };
    }

    private static void CheckCredential(string? account, string? key, string? signature, List<string> faults)
    {
        if (key is null && signature is null)
            faults.Add("it has neither AccountKey nor SharedAccessSignature");
        if (key is not null && account is null)
            faults.Add("AccountKey needs AccountName");
        if (key is not null && !IsBase64(key))
            faults.Add("AccountKey is not base64: was it cut short when it was copied?");
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length > 0;

    private static Uri? EndpointOf(string service, Dictionary<string, string> settings, string? account, List<string> faults)
    {
        if (settings.TryGetValue(service + "Endpoint", out var explicitly))
        {
            if (Uri.TryCreate(explicitly, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https")
                return endpoint;
            faults.Add($"{service}Endpoint '{explicitly}' is not an http or https address");
            return null;
        }

        if (account is null)
        {
            faults.Add($"it has neither AccountName nor {service}Endpoint");
            return null;
        }

        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        if (protocol is "http" or "https"
            && Uri.TryCreate($"{protocol}://{account}.{service.ToLowerInvariant()}.{suffix}", UriKind.Absolute, out var composed))
        {
            return composed;
        }

        faults.Add($"DefaultEndpointsProtocol '{protocol}', AccountName '{account}' and EndpointSuffix '{suffix}' make no address of the {service.ToLowerInvariant()} service");
        return null;
    }
}
