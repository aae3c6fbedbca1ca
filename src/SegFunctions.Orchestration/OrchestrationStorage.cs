using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Queues;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Orchestration;

/// <summary>Where instances rest: Azure Storage, or its in-memory twins, under the same engine.</summary>
public sealed record OrchestrationStorage(TableServiceClient Tables, BlobStore Blobs, QueueStore Queues)
{
    public static OrchestrationStorage From(StorageAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new OrchestrationStorage(account.Tables, account.Blobs, account.Queues);
    }
}
