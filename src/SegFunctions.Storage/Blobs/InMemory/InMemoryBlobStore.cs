using System.Collections.Concurrent;

namespace SegFunctions.Storage.Blobs.InMemory;

/// <summary>Blob storage in this process: same promises, no durability.</summary>
internal sealed class InMemoryBlobStore(TimeProvider time) : BlobStore
{
    private readonly ConcurrentDictionary<string, InMemoryBlobContainer> _containers = new(StringComparer.Ordinal);

    /// <summary>The containers that were asked for, for tests that look everywhere.</summary>
    internal IEnumerable<string> Names => _containers.Keys;

    public override BlobContainer GetContainer(string name) =>
        _containers.GetOrAdd(ResourceNames.RequireContainerOrQueue(name), static (name, time) => new InMemoryBlobContainer(name, time), time);
}
