using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.InMemory;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Blobs;

public sealed class InMemoryBlobTests : BlobContract
{
    private protected override BlobStore Store { get; } = new InMemoryBlobStore(new ManualTimeProvider());
}
