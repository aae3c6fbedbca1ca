using Azure.Storage.Blobs;

namespace SegFunctions.Storage.Blobs.Remote;

/// <summary>Azure Blob Storage. The SDK's client is built with the first request, not before.</summary>
/// <param name="blockLength">Bytes of a staged block and of a range that is read at a time.</param>
internal sealed class AzureBlobStore(StorageConnection connection, int blockLength = AzureBlobStore.DefaultBlockLength) : BlobStore
{
    public const int DefaultBlockLength = 4 << 20;

    private readonly Lazy<BlobServiceClient> _client = new(connection.CreateBlobClient);

    public override BlobContainer GetContainer(string name)
    {
        ResourceNames.RequireContainerOrQueue(name);
        var uri = new Uri($"{connection.Blobs.AbsoluteUri.TrimEnd('/')}/{name}");
        return new AzureBlobContainer(name, uri, new Lazy<BlobContainerClient>(() => GetSdkContainer(name)), blockLength);
    }

    /// <summary>The SDK's client of a container, for what goes beyond reading and writing.</summary>
    public BlobContainerClient GetSdkContainer(string name) => _client.Value.GetBlobContainerClient(name);
}
