namespace SegFunctions.Storage.Leases;

/// <summary>Carries out what <see cref="LeaseRenewal"/> decides, until the lease is disposed or lost.</summary>
internal sealed class RenewedLease : Lease
{
    private readonly LeaseHold _hold;
    private readonly TimeProvider _time;
    private readonly long _askedAt;
    private readonly TimeSpan _duration;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _keeping;
    private int _disposed;

    /// <param name="askedAt">Timestamp of <paramref name="time"/> from before the request that took the lease.</param>
    public RenewedLease(string name, LeaseHold hold, TimeSpan duration, long askedAt, TimeProvider time)
    {
        Name = name;
        _hold = hold;
        _time = time;
        _askedAt = askedAt;
        _duration = duration;
        _keeping = KeepAsync(new LeaseRenewal(duration));
    }

    public override string Name { get; }

    public override CancellationToken Lost => _lost.Token;

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _keeping;
        if (_lost.IsCancellationRequested)
            return;
        try
        {
            using var limit = new CancellationTokenSource(_duration, _time);
            await _hold.ReleaseAsync(limit.Token);
        }
        catch (Exception failure) when (failure is Azure.RequestFailedException or AggregateException or OperationCanceledException)
        {
            // Storage cannot be reached: the lease runs out by itself, which is what a duration is for.
        }
    }

    private async Task KeepAsync(LeaseRenewal renewal)
    {
        while (!_stop.IsCancellationRequested)
        {
            var step = renewal.Next(Now());
            switch (step.Kind)
            {
                case LeaseStepKind.GiveUp:
                    await _lost.CancelAsync();
                    return;
                case LeaseStepKind.Wait:
                    await Task.Delay(step.Time, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
                default:
                    await RenewAsync(renewal, step.Time);
                    break;
            }
        }
    }

    /// <summary>
    /// Never throws: whatever goes wrong with a request, only the policy says when the lease is lost, and it must be asked
    /// again in time. A request that ignores its cancellation is left behind.
    /// </summary>
    private async Task RenewAsync(LeaseRenewal renewal, TimeSpan atMost)
    {
        var sentAt = Now();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            if (await _hold.RenewAsync(limit.Token).WaitAsync(atMost, _time, _stop.Token))
                renewal.Granted(sentAt);
            else
                renewal.Refused();
        }
        catch (Exception)
        {
            await limit.CancelAsync();
            renewal.Failed(Now());
        }
    }

    private TimeSpan Now() => _time.GetElapsedTime(_askedAt);
}
