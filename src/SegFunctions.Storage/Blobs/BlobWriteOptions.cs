using Azure;

namespace SegFunctions.Storage.Blobs;

/// <summary>How a blob is written.</summary>
public sealed record BlobWriteOptions
{
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Write only over this very version; a write over another fails with <see cref="BlobChangedException"/>, also where none stands.</summary>
    public ETag? IfMatch { get; init; }

    /// <summary>Write only where no blob stands; a write over one fails with <see cref="BlobChangedException"/>.</summary>
    public bool OnlyIfMissing { get; init; }
}
