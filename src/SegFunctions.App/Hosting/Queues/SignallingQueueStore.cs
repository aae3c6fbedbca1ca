using SegFunctions.App.Hosting.Loops;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Hosting.Queues;

/// <summary>The account's queues, waking our own pumps at once for what this process sends.</summary>
internal sealed class SignallingQueueStore(QueueStore inner, IReadOnlyDictionary<string, WakeSignal> pumps) : QueueStore
{
    public override MessageQueue GetQueue(string name) =>
        pumps.TryGetValue(name, out var wake) ? new SignallingQueue(inner.GetQueue(name), wake) : inner.GetQueue(name);

    private sealed class SignallingQueue(MessageQueue inner, WakeSignal wake) : MessageQueue
    {
        public override string Name => inner.Name;

        public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => inner.CreateIfNotExistsAsync(cancellationToken);

        public override Task DeleteIfExistsAsync(CancellationToken cancellationToken) => inner.DeleteIfExistsAsync(cancellationToken);

        public override async Task SendAsync(ReadOnlyMemory<byte> payload, TimeSpan delay, CancellationToken cancellationToken)
        {
            await inner.SendAsync(payload, delay, cancellationToken);
            if (delay == TimeSpan.Zero)
                wake.Set();
        }

        public override Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int maximum, TimeSpan visibility, CancellationToken cancellationToken) =>
            inner.ReceiveAsync(maximum, visibility, cancellationToken);

        public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> PeekAsync(CancellationToken cancellationToken) => inner.PeekAsync(cancellationToken);

        public override Task<QueueMessage?> SetVisibilityAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken) =>
            inner.SetVisibilityAsync(message, visibility, cancellationToken);

        public override Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
            inner.DeleteAsync(message, cancellationToken);

        public override Task<int> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);
    }
}
