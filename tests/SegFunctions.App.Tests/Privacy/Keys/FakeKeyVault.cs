using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SegFunctions.App.Tests.Privacy.Keys;

/// <summary>Key Vault over HTTPS, and beside it the endpoint that gives tokens to the identity of a function app: both as the services speak, on this machine.</summary>
internal sealed class FakeKeyVault : IAsyncDisposable
{
    public const string Secret = "vault-key";
    private const string EndpointVariable = "IDENTITY_ENDPOINT";
    private const string HeaderVariable = "IDENTITY_HEADER";
    private const string IdentityHeader = "a-header-of-the-platform";
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly List<Version> _versions = [];
    private int _tokens;
    private int _left;
    private int _revoked;

    private FakeKeyVault(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    /// <summary>Tokens that were given out.</summary>
    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>Requests for the value of a version.</summary>
    public int Values { get; private set; }

    /// <summary>Lists of versions that were asked for with a token.</summary>
    public int Lists { get; private set; }

    /// <summary>How Key Vault answers, until told otherwise; null: with what is asked for.</summary>
    public HttpStatusCode? Answers { get; set; }

    public static async Task<FakeKeyVault> StartAsync()
    {
        var certificate = Certificate();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, https => https.UseHttps(certificate));
            kestrel.Listen(IPAddress.Loopback, 0, http => http.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var vault = new FakeKeyVault(app, certificate);
        app.UseRouting();
        app.MapGet("/msi/token", (HttpContext context) => vault.TokenAsync(context, context.Request.Headers["X-IDENTITY-HEADER"] == IdentityHeader));
        app.MapGet("/secrets/{name}/versions", (HttpContext context, string name) => vault.AnswerAsync(context, name, () =>
        {
            vault.Lists++;
            return new { value = vault._versions.Select(version => vault.Listed(version)).ToArray(), nextLink = (string?)null };
        }));
        app.MapGet("/secrets/{name}/{version}", (HttpContext context, string name, string version) => vault.AnswerAsync(context, name, () =>
        {
            vault.Values++;
            var found = vault._versions.Single(one => one.Id == version);
            return new { value = found.Value, id = vault.Id(found), attributes = vault.Attributes(found) };
        }));
        await app.StartAsync();
        return vault;
    }

    /// <summary>Makes a version the newest one.</summary>
    public void Add(string value, bool enabled = true, DateTimeOffset? notBefore = null) =>
        _versions.Add(new Version($"version{_versions.Count}", value, 1_700_000_000 + _versions.Count, notBefore) { Enabled = enabled });

    public void Disable(int place) => _versions[place] = _versions[place] with { Enabled = false };

    /// <summary>Refuses the next requests as a service does that is asked for too much.</summary>
    public void Throttle(int times) => _left = times;

    /// <summary>Refuses the tokens that were given out so far.</summary>
    public void RevokeTokens() => _revoked = Tokens;

    /// <summary>A client as the app makes it, but for the certificate and the name of the machine.</summary>
    public SecretClient Client()
    {
        var identity = Address("http:");
        // The identity's library reads these from the environment of its process, and only when it is asked for the first token.
        Environment.SetEnvironmentVariable(EndpointVariable, $"{identity}/msi/token");
        Environment.SetEnvironmentVariable(HeaderVariable, IdentityHeader);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(_certificate);
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
        var options = new SecretClientOptions { Transport = new HttpClientTransport(new HttpClient(handler)), DisableChallengeResourceVerification = true };
        options.Retry.Delay = TimeSpan.FromMilliseconds(5);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(20);
        return new SecretClient(new Uri(Address("https:")), new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned), options);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(EndpointVariable, null);
        Environment.SetEnvironmentVariable(HeaderVariable, null);
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task TokenAsync(HttpContext context, bool isAllowed)
    {
        if (!isAllowed || context.Request.Query["resource"] != "https://vault.azure.net")
        {
            context.Response.StatusCode = 400;
            return;
        }

        // It ends so soon that the identity's library, which keeps tokens for all of the process, gives none of another test's to this one.
        var number = Interlocked.Increment(ref _tokens);
        await WriteAsync(context, new { access_token = $"token-{number}", expires_on = TimeProvider.System.GetUtcNow().AddMinutes(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), resource = "https://vault.azure.net", token_type = "Bearer" });
    }

    private async Task AnswerAsync(HttpContext context, string name, Func<object> content)
    {
        var token = context.Request.Headers.Authorization.ToString();
        if (!token.StartsWith("Bearer token-", StringComparison.Ordinal) || int.Parse(token.AsSpan("Bearer token-".Length), CultureInfo.InvariantCulture) <= _revoked)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Bearer authorization=\"https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111\", resource=\"https://vault.azure.net\"";
            return;
        }

        if (Interlocked.Decrement(ref _left) >= 0)
        {
            context.Response.StatusCode = 429;
            context.Response.Headers["Retry-After"] = "0";
        }
        else if (Answers is { } status)
        {
            context.Response.StatusCode = (int)status;
        }
        else if (name != Secret)
        {
            context.Response.StatusCode = 404;
        }
        else
        {
            await WriteAsync(context, content());
        }
    }

    private static async Task WriteAsync(HttpContext context, object content)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(JsonSerializer.Serialize(content));
    }

    private object Listed(Version version) => new { id = Id(version), attributes = Attributes(version) };

    private string Id(Version version) => $"{Address("https:")}/secrets/{Secret}/{version.Id}";

    private string Address(string scheme) =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(address => address.StartsWith(scheme, StringComparison.Ordinal));

    private Dictionary<string, object> Attributes(Version version)
    {
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal) { ["enabled"] = version.Enabled, ["created"] = version.Created, ["updated"] = version.Created };
        if (version.NotBefore is { } begin)
            attributes["nbf"] = begin.ToUnixTimeSeconds();
        return attributes;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var begin = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(begin, begin.AddYears(80));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private sealed record Version(string Id, string Value, long Created, DateTimeOffset? NotBefore)
    {
        public bool Enabled { get; init; } = true;
    }
}
