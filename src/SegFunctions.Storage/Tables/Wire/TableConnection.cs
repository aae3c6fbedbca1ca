using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>Where a table service is and how requests to it are authorized.</summary>
/// <param name="Endpoint">Without query and without a slash at the end.</param>
internal sealed record TableConnection(Uri Endpoint, string AccountName, Func<TableClientOptions, HttpPipelinePolicy> Authorization)
{
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string StorageScope = "https://storage.azure.com/.default";

    public static TableConnection From(Uri endpoint, TableSharedKeyCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(Bare(endpoint), credential.AccountName, options => new SharedKeyLitePolicy(credential, options.Time));
    }

    public static TableConnection From(Uri endpoint, AzureSasCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(Bare(endpoint), AccountOf(endpoint), _ => new SasPolicy(credential));
    }

    public static TableConnection From(Uri endpoint, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        var bare = Bare(endpoint);
        if (bare.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"A token is sent over https only, and the endpoint is {bare}.", nameof(endpoint));
        return new(bare, AccountOf(endpoint), _ => new BearerTokenAuthenticationPolicy(credential, StorageScope));
    }

    /// <summary>The connection of an address that carries its shared access signature as query.</summary>
    public static TableConnection From(Uri endpointWithSas)
    {
        ArgumentNullException.ThrowIfNull(endpointWithSas);
        if (!endpointWithSas.Query.Contains("sig=", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The address {Bare(endpointWithSas)} carries no shared access signature; append it as the query, or pass a credential.",
                nameof(endpointWithSas));
        }

        return From(endpointWithSas, new AzureSasCredential(endpointWithSas.Query));
    }

    /// <summary>The connection that a connection string describes.</summary>
    /// <remarks>
    /// <c>UseDevelopmentStorage=true</c>; or <c>TableEndpoint</c>, else <c>DefaultEndpointsProtocol</c> (https),
    /// <c>AccountName</c> and <c>EndpointSuffix</c> (core.windows.net); with <c>AccountName</c> and <c>AccountKey</c>, or with
    /// <c>SharedAccessSignature</c>. Other settings, such as those of the other services, are passed over.
    /// </remarks>
    /// <exception cref="ArgumentException">A setting is missing or malformed; the message names it and holds no secret.</exception>
    public static TableConnection Parse(string connectionString)
    {
        var settings = Settings(connectionString);
        if (settings.TryGetValue("UseDevelopmentStorage", out var development))
        {
            if (!development.Equals("true", StringComparison.OrdinalIgnoreCase))
                throw Fault("UseDevelopmentStorage can only be 'true'");
            var host = settings.TryGetValue("DevelopmentStorageProxyUri", out var proxy) ? Address("DevelopmentStorageProxyUri", proxy).Host : "127.0.0.1";
            return From(new Uri($"http://{host}:10002/{DevelopmentAccount}"), new TableSharedKeyCredential(DevelopmentAccount, DevelopmentKey));
        }

        settings.TryGetValue("AccountName", out var account);
        var endpoint = EndpointIn(settings, account);
        if (settings.TryGetValue("SharedAccessSignature", out var signature))
        {
            var connection = From(endpoint, new AzureSasCredential(signature));
            return account is null ? connection : connection with { AccountName = account };
        }

        if (!settings.TryGetValue("AccountKey", out var key))
            throw Fault("it has neither AccountKey nor SharedAccessSignature");
        try
        {
            return From(endpoint, new TableSharedKeyCredential(account ?? throw Fault("AccountKey needs AccountName beside it"), key));
        }
        catch (ArgumentException fault) when (fault.ParamName == "accountKey")
        {
            throw Fault("its AccountKey is no base64");
        }
    }

    private static Dictionary<string, string> Settings(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sign = part.IndexOf('=');
            if (sign <= 0)
                throw Fault("one of its parts has no '=', or no name before it");
            var name = part[..sign].Trim();
            var value = part[(sign + 1)..].Trim();
            if (value.Length == 0)
                throw Fault($"{name} is empty");
            if (!settings.TryAdd(name, value))
                throw Fault($"{name} occurs twice");
        }

        return settings;
    }

    private static Uri EndpointIn(Dictionary<string, string> settings, string? account)
    {
        if (settings.TryGetValue("TableEndpoint", out var explicitly))
            return Address("TableEndpoint", explicitly);
        if (account is null)
            throw Fault("it has neither TableEndpoint nor AccountName");
        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return Address("DefaultEndpointsProtocol, AccountName or EndpointSuffix", $"{protocol}://{account}.table.{suffix}");
    }

    private static Uri Address(string setting, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw Fault($"{setting} is no http or https address");

    private static ArgumentException Fault(string fault) =>
        new($"The storage connection string cannot be used: {fault}.", "connectionString");

    private static Uri Bare(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }

    // account.table.core.windows.net, or the first step of the path where the host is an address or has no dot.
    private static string AccountOf(Uri endpoint)
    {
        var dot = endpoint.Host.IndexOf('.');
        var inPath = dot < 0 || IPAddress.TryParse(endpoint.Host, out _) || endpoint.HostNameType == UriHostNameType.IPv6;
        return inPath ? endpoint.AbsolutePath.Trim('/').Split('/')[0] : endpoint.Host[..dot];
    }
}
