namespace SegFunctions.Storage.Blobs;

/// <summary>A condition on a blob's version did not hold: it was written, replaced or deleted in between.</summary>
public sealed class BlobChangedException(string container, string blob, Exception? inner = null)
    : Exception($"The blob '{container}/{blob}' is not the version that was asked for: it was written or replaced in between.", inner)
{
    public string Container { get; } = container;

    public string Blob { get; } = blob;
}
