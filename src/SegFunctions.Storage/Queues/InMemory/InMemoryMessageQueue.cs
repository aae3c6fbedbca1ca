using System.Text;

namespace SegFunctions.Storage.Queues.InMemory;

/// <summary>A queue in this process: messages in order of the moment at which they become visible.</summary>
internal sealed class InMemoryMessageQueue(string name, TimeProvider time, BlobClaimCheck claims) : MessageQueue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredMessage> _messages = new(StringComparer.Ordinal);

    // A message whose visibility changed has older entries here, which its receipt number gives away when they come up.
    private readonly PriorityQueue<(string Id, long Receipt), (DateTimeOffset VisibleOn, long Turn)> _byVisibility = new();
    private long _numbers;

    public override string Name => name;

    public override Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task DeleteIfExistsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _messages.Clear();
            _byVisibility.Clear();
        }

        return Task.CompletedTask;
    }

    public override async Task SendAsync(ReadOnlyMemory<byte> payload, TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueueLimits.RequireDelay(delay);
        var body = await claims.CheckInAsync(payload, cancellationToken);
        Put(body.ToArray(), isDecodable: true, QueueLimits.WholeSeconds(delay));
    }

    /// <summary>Puts text into the queue that no sender of ours would put there.</summary>
    internal void PutText(string text) => Put(Encoding.UTF8.GetBytes(text), isDecodable: false, TimeSpan.Zero);

    public override Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int maximum, TimeSpan visibility, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueueLimits.RequireReceive(maximum, visibility);
        var received = new List<QueueMessage>();
        lock (_gate)
        {
            var now = time.GetUtcNow();
            while (received.Count < maximum && _byVisibility.TryPeek(out var next, out var due) && due.VisibleOn <= now)
            {
                _byVisibility.Dequeue();
                if (!_messages.TryGetValue(next.Id, out var message) || message.Receipt != next.Receipt)
                    continue;
                if (message.ExpiresOn <= now)
                {
                    _messages.Remove(next.Id);
                    continue;
                }

                message.DequeueCount++;
                Hide(message, now + QueueLimits.WholeSeconds(visibility));
                received.Add(message.Received());
            }
        }

        return Task.FromResult<IReadOnlyList<QueueMessage>>(received);
    }

    public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> PeekAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
                [.. _messages.Values.Where(message => message.VisibleOn <= now && message.ExpiresOn > now).Take(QueueLimits.MostReceived).Select(message => message.Received().Body)]);
        }
    }

    public override Task<QueueMessage?> SetVisibilityAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(message);
        QueueLimits.RequireDelay(visibility);
        lock (_gate)
        {
            if (!IsHeld(message, out var stored))
                return Task.FromResult<QueueMessage?>(null);
            Hide(stored, time.GetUtcNow() + QueueLimits.WholeSeconds(visibility));
            return Task.FromResult<QueueMessage?>(stored.Received());
        }
    }

    public override Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
            return Task.FromResult(IsHeld(message, out _) && _messages.Remove(message.MessageId));
    }

    public override Task<int> CountAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return Task.FromResult(_messages.Values.Count(message => message.ExpiresOn > now));
        }
    }

    private void Put(byte[] body, bool isDecodable, TimeSpan delay)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var message = new StoredMessage(Guid.NewGuid().ToString(), body, isDecodable, now, now + QueueLimits.LifeWith(delay));
            _messages.Add(message.Id, message);
            Hide(message, now + delay);
        }
    }

    private void Hide(StoredMessage message, DateTimeOffset until)
    {
        message.Receipt = ++_numbers;
        message.VisibleOn = until;
        _byVisibility.Enqueue((message.Id, message.Receipt), (until, message.Receipt));
    }

    private bool IsHeld(QueueMessage message, out StoredMessage stored) =>
        _messages.TryGetValue(message.MessageId, out stored!) && stored.PopReceipt == message.PopReceipt;

    private sealed class StoredMessage(string id, byte[] body, bool isDecodable, DateTimeOffset insertedOn, DateTimeOffset expiresOn)
    {
        public string Id => id;

        public DateTimeOffset ExpiresOn => expiresOn;

        public long Receipt { get; set; }

        public string PopReceipt => Receipt.ToString();

        public DateTimeOffset VisibleOn { get; set; }

        public long DequeueCount { get; set; }

        public QueueMessage Received() => new()
        {
            MessageId = id,
            PopReceipt = PopReceipt,
            Body = body,
            IsDecodable = isDecodable,
            DequeueCount = DequeueCount,
            InsertedOn = insertedOn,
            NextVisibleOn = VisibleOn,
            ExpiresOn = expiresOn,
        };
    }
}
