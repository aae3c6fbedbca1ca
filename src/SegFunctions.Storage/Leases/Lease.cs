namespace SegFunctions.Storage.Leases;

/// <summary>A lease that is held and renewed until it is disposed or lost.</summary>
public abstract class Lease : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>
    /// Fires before the lease can be in other hands: when a renewal was refused, or none has succeeded and the time left is
    /// shorter than a safety margin (a sixth of the duration). Work under the lease must stop then. A process that was
    /// stopped as a whole for longer learns of it only afterwards: what must never happen twice is written under a
    /// condition besides (<see cref="Blobs.BlobWriteOptions.IfMatch"/>).
    /// </summary>
    public abstract CancellationToken Lost { get; }

    /// <summary>Stops renewing and gives the lease back; where storage cannot be reached it runs out by itself.</summary>
    public abstract ValueTask DisposeAsync();
}
