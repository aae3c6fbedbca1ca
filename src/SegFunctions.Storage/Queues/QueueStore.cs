namespace SegFunctions.Storage.Queues;

/// <summary>The queues of one storage account: Azure Queue Storage, or its in-memory twin.</summary>
public abstract class QueueStore
{
    /// <summary>The queue of that name, whether it exists or not; no request is sent.</summary>
    public abstract MessageQueue GetQueue(string name);
}
