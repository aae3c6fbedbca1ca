using Azure.Storage.Queues;

namespace SegFunctions.Storage.Queues.Remote;

/// <summary>Azure Queue Storage. The SDK's client is built with the first request, not before.</summary>
internal sealed class AzureQueueStore(StorageConnection connection, BlobClaimCheck claims) : QueueStore
{
    private readonly Lazy<QueueServiceClient> _client = new(connection.CreateQueueClient);

    public override MessageQueue GetQueue(string name)
    {
        ResourceNames.RequireContainerOrQueue(name);
        return new AzureMessageQueue(name, new Lazy<QueueClient>(() => _client.Value.GetQueueClient(name)), claims);
    }
}
