using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Keys;

/// <summary>The keys of the vault from a secret in Key Vault: each enabled version is a key, the newest seals, all open.</summary>
/// <remarks>
/// The versions are listed every <see cref="RefreshEvery"/>, in the background, and at once when something was sealed with a key that is not known. So a new
/// version is a new key without a restart, in any number of processes. Values are asked for once a version. Where Key Vault does not answer, the keys that
/// are known stay in use. A version that is not valid yet, or has expired, opens, and seals only where no other can.
/// </remarks>
/// <param name="client">Repeats requests that are throttled or fail, after the time that Key Vault asks for.</param>
/// <param name="secret">Name of the secret.</param>
/// <param name="alsoOpening">Keys that open besides, as <see cref="VaultKeyRing.Parse"/> reads them; null for none.</param>
internal sealed partial class KeyVaultKeys(SecretClient client, string secret, string? alsoOpening, TimeProvider time, ILogger<KeyVaultKeys> logger) : VaultKeys
{
    /// <summary>How old the list of versions may be.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromMinutes(5);

    /// <summary>Least time between two questions: neither an outage nor blobs that nobody can open may turn into a flood.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private volatile VaultKeyRing? _ring;
    private long _nextTicks;
    private long _askedTicks;

    /// <summary>The last refresh in the background.</summary>
    internal Task Refreshing { get; private set; } = Task.CompletedTask;

    /// <exception cref="KeyVaultException">The keys were never had, and cannot be had now.</exception>
    public override async ValueTask<VaultKeyRing> CurrentAsync(CancellationToken cancellationToken)
    {
        if (_ring is not { } ring)
            return await FirstAsync(cancellationToken);
        var now = time.GetUtcNow().UtcTicks;
        var next = Interlocked.Read(ref _nextTicks);
        if (now >= next && Interlocked.CompareExchange(ref _nextTicks, now + Rest.Ticks, next) == next)
            Refreshing = Task.Run(() => RefreshAsync(CancellationToken.None), CancellationToken.None);
        return ring;
    }

    public override async ValueTask<VaultKeyRing> RefreshedAsync(CancellationToken cancellationToken)
    {
        if (_ring is null)
            return await FirstAsync(cancellationToken);
        await RefreshAsync(cancellationToken);
        return _ring!;
    }

    private async Task<VaultKeyRing> FirstAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            return _ring ?? await AskAsync(cancellationToken);
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow().UtcTicks - _askedTicks >= Rest.Ticks)
                await AskAsync(cancellationToken);
        }
        catch (KeyVaultException failed)
        {
            LogKept(_ring!.Count, failed.Message);
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<VaultKeyRing> AskAsync(CancellationToken cancellationToken)
    {
        _askedTicks = time.GetUtcNow().UtcTicks;
        Interlocked.Exchange(ref _nextTicks, _askedTicks + Rest.Ticks);
        try
        {
            var ring = await ReadAsync(cancellationToken);
            if (_ring is { } before && before.NewestId != ring.NewestId)
                LogNewest(ring.NewestId, ring.Count);
            _ring = ring;
            Interlocked.Exchange(ref _nextTicks, _askedTicks + RefreshEvery.Ticks);
            return ring;
        }
        catch (Exception failure) when (Explain(failure) is { } reason)
        {
            throw new KeyVaultException($"The keys of the vault cannot be had from the secret '{secret}' of {client.VaultUri}: {reason}", failure);
        }
    }

    private async Task<VaultKeyRing> ReadAsync(CancellationToken cancellationToken)
    {
        var versions = new List<SecretProperties>();
        await foreach (var version in client.GetPropertiesOfSecretVersionsAsync(secret, cancellationToken))
        {
            if (version.Enabled != false)
                versions.Add(version);
        }

        if (versions.Count == 0)
            throw new KeyVaultException($"The secret '{secret}' of {client.VaultUri} has no version that is enabled. Add one: 32 random bytes as base64 ('openssl rand -base64 32').", null);
        var keys = new List<string>();
        var now = time.GetUtcNow();
        foreach (var version in versions
            .OrderBy(version => version.NotBefore > now || version.ExpiresOn <= now)
            .ThenByDescending(version => version.CreatedOn)
            .ThenBy(version => version.Version, StringComparer.Ordinal))
        {
            if (!_values.TryGetValue(version.Version, out var value))
                _values[version.Version] = value = await ValueAsync(version.Version, cancellationToken);
            keys.AddRange(Split(value));
        }

        foreach (var gone in _values.Keys.Except(versions.Select(version => version.Version), StringComparer.Ordinal).ToArray())
            _values.Remove(gone);
        // A version may repeat an earlier one, or the setting.
        return VaultKeyRing.Parse(string.Join(',', keys.Concat(Split(alsoOpening ?? "")).Distinct(StringComparer.Ordinal)));
    }

    private async Task<string> ValueAsync(string version, CancellationToken cancellationToken)
    {
        KeyVaultSecret found = await client.GetSecretAsync(secret, version, cancellationToken);
        try
        {
            VaultKeyRing.Parse(found.Value);
            return found.Value;
        }
        catch (FormatException wrong)
        {
            throw new KeyVaultException($"Version {version} of the secret '{secret}' of {client.VaultUri} is no key. {wrong.Message} Disable it, or correct it with a new version.", wrong);
        }
    }

    private static string[] Split(string keys) => keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Why Key Vault gives no keys, and the cure; null for what is no failure of it.</summary>
    private static string? Explain(Exception failure) => failure switch
    {
        RequestFailedException { Status: 401 } => "it does not accept the identity's token (401). Is the vault of the same tenant?",
        RequestFailedException { Status: 403 } => "the identity may not read it (403). Give it the role 'Key Vault Secrets User' on the vault, or the permissions Get and List on secrets, and let the vault's firewall admit the app.",
        RequestFailedException { Status: 404 } => "there is no such secret (404).",
        RequestFailedException { Status: 429 } => "it asks for fewer requests (429); it is asked again.",
        RequestFailedException { Status: > 0 } answer => $"it answered {answer.Status}.",
        RequestFailedException or AggregateException or IOException or HttpRequestException => "it cannot be reached. Look at its name, and at the network between.",
        AuthenticationFailedException => $"there is no identity to ask with. Give the app a managed identity; a user-assigned one is named by {AppSettingNames.VaultKeyClientId}.",
        OperationCanceledException { InnerException: TimeoutException } => "it did not answer in time.",
        _ => null,
    };

    [LoggerMessage(EventId = 4104, Level = LogLevel.Warning, Message = "The keys of the vault could not be asked for again; the {Keys} that are known stay in use. {Reason}")]
    private partial void LogKept(int keys, string reason);

    [LoggerMessage(EventId = 4105, Level = LogLevel.Information, Message = "The vault is sealed with key {Newest} from now on; {Keys} keys are known.")]
    private partial void LogNewest(string newest, int keys);
}
