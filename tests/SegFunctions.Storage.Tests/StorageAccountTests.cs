using System.Net;
using System.Net.Sockets;
using Azure.Core;
using SegFunctions.Storage.Blobs.Remote;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests;

[Collection(AzuriteCollection.Name)]
public sealed class StorageAccountTests(AzuriteServer azurite)
{
    private const string OtherKey = "AAAAdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGAA==";

    [Fact]
    public async Task Probe_of_a_running_account_says_where_it_answers()
    {
        var probe = await StorageAccount.Connect(azurite.ConnectionString).ProbeAsync(default);

        Assert.True(probe.IsReachable, probe.Explanation);
        Assert.Contains(azurite.BlobEndpoint.AbsoluteUri, probe.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_of_memory_is_always_good() =>
        Assert.True((await StorageAccount.InMemory(new ManualTimeProvider()).ProbeAsync(default)).IsReachable);

    [Fact]
    public async Task Probe_of_a_port_where_nobody_listens_says_so()
    {
        var probe = await StorageAccount.Connect(Emulator(FreePort())).ProbeAsync(default);

        Assert.False(probe.IsReachable);
        Assert.Contains("connection refused", probe.Explanation, StringComparison.Ordinal);
        Assert.Contains("Azurite", probe.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", probe.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_of_a_service_that_never_answers_ends_after_its_limit()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var probe = await StorageAccount.Connect(Emulator(((IPEndPoint)silent.LocalEndpoint).Port))
            .ProbeAsync(default, TimeSpan.FromMilliseconds(200));

        Assert.False(probe.IsReachable);
        Assert.Contains("did not answer within 0.2 s", probe.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_with_a_wrong_key_says_that_the_credential_was_refused()
    {
        var wrong = azurite.ConnectionString.Replace(ConnectionString.Parse(azurite.ConnectionString).AccountKey!, OtherKey, StringComparison.Ordinal);

        var probe = await StorageAccount.Connect(wrong).ProbeAsync(default);

        Assert.False(probe.IsReachable);
        Assert.Contains("refused the credential", probe.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherKey, probe.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_of_a_host_that_does_not_exist_names_it()
    {
        var probe = await StorageAccount.Connect(
            $"DefaultEndpointsProtocol=http;AccountName=shop;AccountKey={OtherKey};EndpointSuffix=does-not-exist.invalid").ProbeAsync(default);

        Assert.False(probe.IsReachable);
        Assert.Contains("shop.blob.does-not-exist.invalid", probe.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_that_is_cancelled_is_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => StorageAccount.Connect(azurite.ConnectionString).ProbeAsync(new CancellationToken(canceled: true)));

    [Fact]
    public async Task Identity_that_cannot_be_had_is_an_explanation_and_no_exception()
    {
        var probe = await StorageAccount.Connect("shop", new NoIdentity()).ProbeAsync(default);

        Assert.False(probe.IsReachable);
        Assert.Contains("nobody is signed in", probe.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("second line", probe.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Account_by_name_is_in_the_public_cloud()
    {
        var account = StorageAccount.Connect("shop", new NoIdentity());

        Assert.Equal("https://shop.blob.core.windows.net/uploads", account.Blobs.GetContainer("uploads").Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("ab")]
    [InlineData("shop.blob.core.windows.net")]
    public void Names_of_no_account_are_refused(string name) =>
        Assert.Throws<StorageConnectionException>(() => StorageAccount.Connect(name, new NoIdentity()));

    [Fact]
    public void Identity_goes_to_https_addresses_only()
    {
        var refused = Assert.Throws<StorageConnectionException>(() => StorageAccount.Connect(
            new Uri("http://shop/blobs"), new Uri("https://shop/queues"), new Uri("http://shop/tables"), new NoIdentity()));

        Assert.Equal(2, refused.Faults.Count);
    }

    [Fact]
    public void Containers_address_is_the_one_that_an_event_carries()
    {
        var container = StorageAccount.Connect(azurite.ConnectionString).Blobs.GetContainer("uploads");

        Assert.Equal(azurite.BlobEndpoint.AbsoluteUri + "/uploads", container.Uri.AbsoluteUri);
    }

    [Fact]
    public async Task Connecting_builds_no_client_before_the_first_request()
    {
        var account = StorageAccount.Connect(azurite.ConnectionString);
        var blobs = Assert.IsType<AzureBlobStore>(account.Blobs);
        var container = blobs.GetContainer("uploads");
        Assert.False(blobs.HasClient);

        await container.FindAsync("none", default);

        Assert.True(blobs.HasClient);
    }

    private static string Emulator(int port) =>
        $"AccountName=devstoreaccount1;AccountKey={OtherKey};BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"
        + $"QueueEndpoint=http://127.0.0.1:{port}/devstoreaccount1;TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nobody is signed in\nsecond line");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nobody is signed in\nsecond line");
    }
}
