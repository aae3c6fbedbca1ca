using Azure;

namespace SegFunctions.Storage.Blobs;

/// <summary>What the service says of a blob without its content.</summary>
/// <param name="Name">Name inside the container, with <c>/</c> between folders.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ETag">Changes with every write.</param>
/// <param name="LastModified">UTC.</param>
/// <param name="ContentType">As it was written.</param>
public sealed record BlobEntry(string Name, long Length, ETag ETag, DateTimeOffset LastModified, string? ContentType);
