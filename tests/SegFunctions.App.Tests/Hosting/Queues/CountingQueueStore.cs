using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Tests.Hosting.Queues;

/// <summary>Passes everything on; counts renewals, and fails what a test wants to fail.</summary>
internal sealed class CountingQueueStore(QueueStore inner) : QueueStore
{
    private int _renewals;

    public int Renewals => Volatile.Read(ref _renewals);

    public Action? OnRenewal { get; set; }

    /// <summary>Throws for one receive, as a service in trouble would.</summary>
    public Exception? FailNextReceive { get; set; }

    /// <summary>Null is answered to renewals: the message is in other hands.</summary>
    public bool LosesMessages { get; set; }

    public override MessageQueue GetQueue(string name) => new Queue(this, inner.GetQueue(name));

    private sealed class Queue(CountingQueueStore store, MessageQueue inner) : MessageQueue
    {
        public override string Name => inner.Name;

        public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) => inner.DeleteIfExistsAsync(cancellationToken);

        public override Task SendAsync(ReadOnlyMemory<byte> payload, TimeSpan delay, CancellationToken cancellationToken) =>
            inner.SendAsync(payload, delay, cancellationToken);

        public override Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int maximum, TimeSpan visibility, CancellationToken cancellationToken)
        {
            if (store.FailNextReceive is { } failure)
            {
                store.FailNextReceive = null;
                return Task.FromException<IReadOnlyList<QueueMessage>>(failure);
            }

            return inner.ReceiveAsync(maximum, visibility, cancellationToken);
        }

        public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> PeekAsync(CancellationToken cancellationToken) => inner.PeekAsync(cancellationToken);

        public override async Task<QueueMessage?> SetVisibilityAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
        {
            if (store.LosesMessages)
                return null;
            var renewed = await inner.SetVisibilityAsync(message, visibility, cancellationToken);
            if (visibility > TimeSpan.Zero)
            {
                Interlocked.Increment(ref store._renewals);
                store.OnRenewal?.Invoke();
            }

            return renewed;
        }

        public override Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) => inner.DeleteAsync(message, cancellationToken);

        public override Task<int> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);
    }
}
