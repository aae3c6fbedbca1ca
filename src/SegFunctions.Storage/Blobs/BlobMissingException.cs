namespace SegFunctions.Storage.Blobs;

/// <summary>The blob, or its container, does not exist.</summary>
public sealed class BlobMissingException(string container, string blob, Exception? inner = null)
    : Exception($"The blob '{container}/{blob}' does not exist.", inner)
{
    public string Container { get; } = container;

    public string Blob { get; } = blob;
}
