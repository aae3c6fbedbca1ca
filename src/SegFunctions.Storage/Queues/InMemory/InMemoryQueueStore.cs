using System.Collections.Concurrent;

namespace SegFunctions.Storage.Queues.InMemory;

/// <summary>Queue storage in this process: same promises, no durability.</summary>
internal sealed class InMemoryQueueStore(TimeProvider time, BlobClaimCheck claims) : QueueStore
{
    private readonly ConcurrentDictionary<string, InMemoryMessageQueue> _queues = new(StringComparer.Ordinal);

    /// <summary>The queues that were asked for, for tests that look everywhere.</summary>
    internal IEnumerable<string> Names => _queues.Keys;

    public override MessageQueue GetQueue(string name) => _queues.GetOrAdd(
        ResourceNames.RequireContainerOrQueue(name), name => new InMemoryMessageQueue(name, time, claims));
}
