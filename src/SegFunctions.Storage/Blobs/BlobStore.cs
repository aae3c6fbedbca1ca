namespace SegFunctions.Storage.Blobs;

/// <summary>The blob containers of one storage account: Azure Blob Storage, or its in-memory twin.</summary>
public abstract class BlobStore
{
    /// <summary>The container of that name, whether it exists or not; no request is sent.</summary>
    public abstract BlobContainer GetContainer(string name);
}
