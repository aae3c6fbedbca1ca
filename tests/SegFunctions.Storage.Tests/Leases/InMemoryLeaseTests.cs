using SegFunctions.Storage.Leases;
using SegFunctions.Storage.Leases.InMemory;

namespace SegFunctions.Storage.Tests.Leases;

public sealed class InMemoryLeaseTests : LeaseContract
{
    private InMemoryLeaseStore? _store;

    private protected override LeaseStore Store => _store ??= new InMemoryLeaseStore(Time);

    [Fact]
    public async Task Lease_that_is_renewed_outlives_its_duration()
    {
        await using var lease = await Store.TryAcquireAsync(Name, Duration, default);
        await LeaseTime.PassAsync(Time, 100, lease!);

        Assert.Null(await Store.TryAcquireAsync(Name, Duration, default));
        Assert.False(lease!.Lost.IsCancellationRequested);
    }

    private protected override Task BreakAsync(string name)
    {
        _store!.Break(name);
        return Task.CompletedTask;
    }
}
