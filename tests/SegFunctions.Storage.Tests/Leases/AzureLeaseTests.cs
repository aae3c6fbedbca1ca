using Azure.Storage.Blobs.Specialized;
using SegFunctions.Storage.Blobs.Remote;
using SegFunctions.Storage.Leases;
using SegFunctions.Storage.Leases.Remote;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Leases;

[Collection(AzuriteCollection.Name)]
public sealed class AzureLeaseTests(AzuriteServer azurite) : LeaseContract
{
    private readonly AzureBlobStore _blobs = new(ConnectionString.Parse(azurite.ConnectionString));
    private AzureLeaseStore? _store;

    private protected override LeaseStore Store => _store ??= new AzureLeaseStore(_blobs, Time);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Lease_of_a_holder_that_died_falls_to_the_next_when_it_ends()
    {
        // The holder's clock stands still: it never renews, as if it had been killed.
        var dead = await Store.TryAcquireAsync(Name, Duration, default);
        Assert.NotNull(dead);

        await using var next = await new AzureLeaseStore(_blobs, TimeProvider.System)
            .AcquireAsync(Name, Duration, TimeSpan.FromSeconds(1), default)
            .WaitAsync(TimeSpan.FromSeconds(40));

        Assert.Equal(Name, next.Name);
    }

    private protected override Task BreakAsync(string name) =>
        _blobs.GetSdkContainer("locks").GetBlobClient(name).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
}
