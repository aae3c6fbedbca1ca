namespace SegFunctions.Storage.Leases;

/// <summary>What the leases of the service and of the twin have in common: limits, waiting, renewal.</summary>
internal abstract class RenewingLeaseStore(TimeProvider time) : LeaseStore
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public override async Task<Lease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        ResourceNames.RequireBlob(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, Longest);
        // The service counts whole seconds; counting fewer here keeps the margin on the safe side.
        duration = TimeSpan.FromSeconds(Math.Floor(duration.TotalSeconds));
        var askedAt = time.GetTimestamp();
        var hold = await TakeAsync(name, duration, cancellationToken);
        return hold is null ? null : new RenewedLease(name, hold, duration, askedAt, time);
    }

    public override async Task<Lease> AcquireAsync(
        string name, TimeSpan duration, TimeSpan retryEvery, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(retryEvery, TimeSpan.Zero);
        while (true)
        {
            if (await TryAcquireAsync(name, duration, cancellationToken) is { } lease)
                return lease;
            await Task.Delay(retryEvery, time, cancellationToken);
        }
    }

    /// <summary>Takes the lease once; null when somebody else holds it.</summary>
    protected abstract Task<LeaseHold?> TakeAsync(string name, TimeSpan duration, CancellationToken cancellationToken);
}
