namespace SegFunctions.Storage.Leases;

/// <summary>A lease that is held and renewed until it is disposed or lost.</summary>
public abstract class Lease : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>
    /// Fires before the lease can be in other hands: when a renewal was refused, or none has succeeded and the time left is
    /// shorter than a safety margin. Work under the lease must stop then.
    /// </summary>
    public abstract CancellationToken Lost { get; }

    /// <summary>Stops renewing and gives the lease back.</summary>
    public abstract ValueTask DisposeAsync();
}
