using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Leases;
using SegFunctions.Storage.Queues;

namespace SegFunctions.Storage;

/// <summary>The parts of one storage account, real or in memory, that the rest of the system works with.</summary>
public sealed class StorageAccount
{
    internal StorageAccount(BlobStore blobs, QueueStore queues, ClaimCheck claims, LeaseStore leases)
    {
        Blobs = blobs;
        Queues = queues;
        Claims = claims;
        Leases = leases;
    }

    public BlobStore Blobs { get; }

    public QueueStore Queues { get; }

    public ClaimCheck Claims { get; }

    public LeaseStore Leases { get; }
}
