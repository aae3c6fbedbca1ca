using SegFunctions.Storage.Leases;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Leases;

public sealed class RenewedLeaseTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Lease_is_renewed_at_every_third_until_it_is_disposed_and_then_given_back()
    {
        var hold = new ScriptedHold(_ => Task.FromResult(true));
        var lease = Take(hold);

        await PassAsync(95, lease);

        Assert.Equal(9, hold.Renewals);
        Assert.False(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        await lease.DisposeAsync();
        Assert.Equal(1, hold.Releases);
        Assert.Equal(0, _time.WaitingTimers);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Refused_renewal_is_the_end_and_nothing_is_given_back()
    {
        var hold = new ScriptedHold(_ => Task.FromResult(false));
        var lease = Take(hold);
        var lost = Signal(lease);

        _time.Advance(TimeSpan.FromSeconds(10));

        await lost;
        await lease.DisposeAsync();
        Assert.Equal((1, 0), (hold.Renewals, hold.Releases));
    }

    [Fact]
    public async Task Failing_renewals_are_repeated_until_a_margin_before_the_end()
    {
        var hold = new ScriptedHold(_ => throw new IOException("the network is down"));
        var lease = Take(hold);
        var lost = Signal(lease);

        await PassAsync(24, lease);
        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Equal(8, hold.Renewals);

        _time.Advance(TimeSpan.FromSeconds(1));
        await lost;
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task Renewal_that_succeeds_after_failures_keeps_the_lease()
    {
        var failures = 5;
        var hold = new ScriptedHold(_ => failures-- > 0 ? throw new IOException("the network is down") : Task.FromResult(true));
        var lease = Take(hold);

        await PassAsync(40, lease);

        Assert.False(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        Assert.Equal(1, hold.Releases);
    }

    [Fact]
    public async Task Renewal_that_never_answers_does_not_hide_the_end()
    {
        var hold = new ScriptedHold(_ => new TaskCompletionSource<bool>().Task);
        var lease = Take(hold);
        var lost = Signal(lease);

        await PassAsync(25, lease);

        await lost;
        Assert.Equal(1, hold.Renewals);
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task Storage_that_cannot_be_reached_does_not_make_disposal_fail()
    {
        var hold = new ScriptedHold(_ => Task.FromResult(true)) { ReleaseFailure = new Azure.RequestFailedException("unreachable") };
        var lease = Take(hold);

        await lease.DisposeAsync();

        Assert.Equal(1, hold.Releases);
    }

    private RenewedLease Take(LeaseHold hold) => new("name", hold, Duration, _time.GetTimestamp(), _time);

    private Task PassAsync(int seconds, Lease lease) => LeaseTime.PassAsync(_time, seconds, lease);

    private static Task Signal(Lease lease)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lease.Lost.Register(signal.SetResult);
        return signal.Task;
    }

    private sealed class ScriptedHold(Func<CancellationToken, Task<bool>> renew) : LeaseHold
    {
        public int Renewals { get; private set; }

        public int Releases { get; private set; }

        public Exception? ReleaseFailure { get; init; }

        public override Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            Renewals++;
            return renew(cancellationToken);
        }

        public override Task ReleaseAsync(CancellationToken cancellationToken)
        {
            Releases++;
            return ReleaseFailure is null ? Task.CompletedTask : Task.FromException(ReleaseFailure);
        }
    }
}
