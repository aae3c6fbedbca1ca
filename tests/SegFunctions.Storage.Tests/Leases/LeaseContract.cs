using SegFunctions.Storage.Leases;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Leases;

/// <summary>What every lease store promises.</summary>
public abstract class LeaseContract
{
    private protected static TimeSpan Duration { get; } = TimeSpan.FromSeconds(15);

    private protected ManualTimeProvider Time { get; } = new();

    private protected string Name { get; } = $"test/{Guid.NewGuid():N}";

    private protected abstract LeaseStore Store { get; }

    /// <summary>Ends a lease from outside, as an operator can.</summary>
    private protected abstract Task BreakAsync(string name);

    [Fact]
    public async Task Only_one_holds_a_lease_and_the_next_takes_it_when_it_is_given_back()
    {
        var first = await Store.TryAcquireAsync(Name, Duration, default);
        Assert.NotNull(first);
        Assert.Equal(Name, first.Name);
        Assert.Null(await Store.TryAcquireAsync(Name, Duration, default));

        await first.DisposeAsync();

        await using var second = await Store.TryAcquireAsync(Name, Duration, default);
        Assert.NotNull(second);
        Assert.False(first.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Of_many_that_ask_at_once_one_gets_the_lease()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.TryAcquireAsync(Name, Duration, default)));

        var lease = Assert.Single(leases, lease => lease is not null);
        await lease!.DisposeAsync();
    }

    [Fact]
    public async Task Different_names_are_different_leases()
    {
        await using var first = await Store.TryAcquireAsync(Name, Duration, default);
        await using var second = await Store.TryAcquireAsync(Name + "x", Duration, default);

        Assert.NotNull(first);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task Holder_whose_lease_was_taken_away_is_told_with_the_next_renewal()
    {
        await using var lease = await Store.TryAcquireAsync(Name, Duration, default);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lease!.Lost.Register(lost.SetResult);
        await BreakAsync(Name);
        await using var other = await Store.TryAcquireAsync(Name, Duration, default);
        Assert.NotNull(other);

        Time.Advance(TimeSpan.FromSeconds(5));

        await lost.Task;
    }

    [Fact]
    public async Task Who_waits_gets_the_lease_after_it_was_given_back()
    {
        var first = await Store.TryAcquireAsync(Name, Duration, default);
        var waiting = Store.AcquireAsync(Name, Duration, TimeSpan.FromSeconds(1), default);
        Assert.False(waiting.IsCompleted);
        await first!.DisposeAsync();

        while (!waiting.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            // Time to take it: hands that turn on would outlast the lease that was just taken.
            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, default));
        }

        await using var second = await waiting;
        Assert.Null(await Store.TryAcquireAsync(Name, Duration, default));
    }

    [Theory]
    [InlineData(14.9)]
    [InlineData(60.1)]
    public Task Durations_that_the_service_refuses_are_refused(double seconds) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.TryAcquireAsync(Name, TimeSpan.FromSeconds(seconds), default));
}
