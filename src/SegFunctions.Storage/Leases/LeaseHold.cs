namespace SegFunctions.Storage.Leases;

/// <summary>What the holder of a lease can ask of the service.</summary>
internal abstract class LeaseHold
{
    /// <returns>False when the lease is somebody else's, or nobody's.</returns>
    public abstract Task<bool> RenewAsync(CancellationToken cancellationToken);

    /// <summary>Gives the lease back; one that is no longer held is no error.</summary>
    public abstract Task ReleaseAsync(CancellationToken cancellationToken);
}
