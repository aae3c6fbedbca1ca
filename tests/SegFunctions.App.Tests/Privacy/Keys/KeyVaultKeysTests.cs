using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Privacy.Keys;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Privacy.Keys;

/// <summary>Keys from Key Vault, over the wire: a server speaks the protocols of Key Vault and of managed identities.</summary>
public sealed class KeyVaultKeysTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private FakeKeyVault _service = null!;

    public async Task InitializeAsync() => _service = await FakeKeyVault.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task New_version_seals_without_a_restart_and_older_ones_open()
    {
        _service.Add(VaultKeyRing.GenerateKey());
        var storage = StorageAccount.InMemory(_time);
        var container = storage.Blobs.GetContainer(Vault.ContainerName);
        var (first, second) = (Keys(), Keys());
        var (vault, other) = (new Vault(container, first), new Vault(container, second));
        await vault.WriteAsync("one", "sealed"u8.ToArray(), null, default);
        Assert.Equal("sealed", await ReadAsync(other, "one"));

        _service.Add(VaultKeyRing.GenerateKey());
        _time.Advance(KeyVaultKeys.RefreshEvery);
        // Who asks is not kept waiting; the answer serves the next.
        await first.CurrentAsync(default);
        await first.Refreshing;
        Assert.Equal(2, (await first.CurrentAsync(default)).Count);
        await vault.WriteAsync("two", "anew"u8.ToArray(), null, default);
        // Another process, whose list is old, meets a key that it does not know, and asks at once.
        Assert.Equal(1, (await second.CurrentAsync(default)).Count);
        Assert.Equal("anew", await ReadAsync(other, "two"));
        Assert.Equal("sealed", await ReadAsync(vault, "one"));
        Assert.True(await other.ResealAsync("one", default));

        // Disabled once nothing is sealed with it any more.
        _service.Disable(0);
        _time.Advance(KeyVaultKeys.RefreshEvery);
        var last = await first.RefreshedAsync(default);
        Assert.Equal(1, last.Count);
        Assert.Equal("sealed", await ReadAsync(vault, "one"));
        // Values never change: each was asked for once by each of the two.
        Assert.Equal(4, _service.Values);
    }

    [Fact]
    public async Task Tokens_that_are_refused_are_replaced_and_throttled_requests_repeated()
    {
        _service.Add(VaultKeyRing.GenerateKey());
        var keys = Keys();
        await keys.CurrentAsync(default);
        _service.Throttle(2);
        _service.Add(VaultKeyRing.GenerateKey());
        _time.Advance(KeyVaultKeys.RefreshEvery);
        Assert.Equal(2, (await keys.RefreshedAsync(default)).Count);

        // Another token is asked for behind the answers, so that it may take a few of them.
        _service.Add(VaultKeyRing.GenerateKey());
        _service.RevokeTokens();
        for (var round = 0; round < 50 && (await keys.CurrentAsync(default)).Count == 2; round++)
        {
            _time.Advance(KeyVaultKeys.Rest);
            await keys.RefreshedAsync(default);
        }

        Assert.Equal(3, (await keys.CurrentAsync(default)).Count);
    }

    [Fact]
    public async Task Outage_keeps_the_keys_that_are_known_and_is_not_answered_with_a_flood()
    {
        _service.Add(VaultKeyRing.GenerateKey());
        var keys = Keys();
        var before = await keys.CurrentAsync(default);
        _service.Answers = HttpStatusCode.Forbidden;
        _time.Advance(KeyVaultKeys.RefreshEvery);
        Assert.Same(before, await keys.RefreshedAsync(default));
        _service.Answers = null;
        _service.Add(VaultKeyRing.GenerateKey());
        // A moment after the last question nothing is asked.
        var lists = _service.Lists;
        Assert.Same(before, await keys.RefreshedAsync(default));
        Assert.Equal(lists, _service.Lists);
        _time.Advance(KeyVaultKeys.Rest);
        Assert.Equal(2, (await keys.RefreshedAsync(default)).Count);
        // A version that is no key changes nothing either.
        _service.Add("not a key");
        _time.Advance(KeyVaultKeys.Rest);
        Assert.Equal(2, (await keys.RefreshedAsync(default)).Count);
        // And a machine that is gone.
        await _service.DisposeAsync();
        _time.Advance(KeyVaultKeys.Rest);
        Assert.Equal(2, (await keys.RefreshedAsync(default)).Count);
    }

    [Fact]
    public async Task Version_seals_from_when_it_is_valid()
    {
        _service.Add(VaultKeyRing.GenerateKey());
        var now = VaultKeyRing.GenerateKey();
        _service.Add(now);
        _service.Add(VaultKeyRing.GenerateKey(), notBefore: _time.GetUtcNow().AddHours(1));
        _service.Add(VaultKeyRing.GenerateKey(), enabled: false);
        var keys = Keys();
        var ring = await keys.CurrentAsync(default);
        Assert.Equal((3, VaultKeyRing.Parse(now).NewestId), (ring.Count, ring.NewestId));
        _time.Advance(TimeSpan.FromHours(2));
        Assert.NotEqual(ring.NewestId, (await keys.RefreshedAsync(default)).NewestId);
    }

    [Fact]
    public async Task Key_of_the_setting_opens_beside_the_secret()
    {
        var setting = VaultKeyRing.GenerateKey();
        var container = StorageAccount.InMemory(_time).Blobs.GetContainer(Vault.ContainerName);
        await new Vault(container, VaultKeyRing.Parse(setting)).WriteAsync("one", "sealed"u8.ToArray(), null, default);
        _service.Add(VaultKeyRing.GenerateKey());
        var vault = new Vault(container, Keys(setting));
        Assert.Equal("sealed", await ReadAsync(vault, "one"));
        Assert.True(await vault.ResealAsync("one", default));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "Key Vault Secrets User")]
    [InlineData(HttpStatusCode.NotFound, "no such secret")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "answered 503")]
    public async Task Start_says_why_there_are_no_keys_and_what_to_do(HttpStatusCode answer, string wanted)
    {
        _service.Answers = answer;
        var refused = await Assert.ThrowsAsync<SettingsException>(() => new VaultKeyCheck(Keys()).StartAsync(default));
        Assert.Contains(wanted, refused.Message, StringComparison.Ordinal);
        Assert.Contains("SegFunctions__VaultKeyUri", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_that_is_no_key_is_not_repeated_in_the_message()
    {
        const string Value = "my secret passphrase";
        _service.Add(Value);
        var refused = await Assert.ThrowsAsync<SettingsException>(() => new VaultKeyCheck(Keys()).StartAsync(default));
        Assert.Contains("Version version0", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://house.vault.azure.net/secrets/vault-key", true)]
    [InlineData("https://house.vault.azure.net/secrets/vault-key/", true)]
    [InlineData("http://house.vault.azure.net/secrets/vault-key", false)]
    [InlineData("https://house.vault.azure.net/secrets/vault-key/0123456789abcdef", false)]
    [InlineData("https://house.vault.azure.net/keys/vault-key", false)]
    [InlineData("house.vault.azure.net", false)]
    public void Address_is_checked_at_the_start(string address, bool isValid)
    {
        var faults = new List<string>();
        var settings = VaultKeySettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("SegFunctions:VaultKeyUri", (string?)address)]).Build(), faults);
        Assert.Equal(isValid, faults.Count == 0);
        Assert.Equal(isValid ? "vault-key" : null, settings.Secret?.Name);
        Assert.All(faults, fault => Assert.Contains("https://NAME.vault.azure.net/secrets/NAME", fault, StringComparison.Ordinal));
    }

    private KeyVaultKeys Keys(string? alsoOpening = null) =>
        new(_service.Client(), FakeKeyVault.Secret, alsoOpening, _time, NullLogger<KeyVaultKeys>.Instance);

    private static async Task<string> ReadAsync(Vault vault, string name) => Encoding.UTF8.GetString((await vault.FindAsync(name, default))!.Value.Content);
}
