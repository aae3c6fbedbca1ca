namespace SegFunctions.Storage.Queues;

/// <summary>One queue. Messages are base64 on the wire, as the Functions host expects them.</summary>
/// <remarks>
/// Delivery is at least once and in no promised order. A message that is received and not deleted within its visibility
/// time-out appears again with a higher dequeue count. A message that nobody deletes is gone seven days after it first
/// became visible. The service counts in whole seconds: parts of one are counted up.
/// </remarks>
public abstract class MessageQueue
{
    public abstract string Name { get; }

    public abstract Task CreateIfNotExistsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the queue and its messages; a missing one is no error.</summary>
    public abstract Task DeleteIfExistsAsync(CancellationToken cancellationToken);

    /// <summary>Puts a message into the queue, which is created when it is missing.</summary>
    /// <param name="payload">Any bytes. Over 48 KiB they go to a blob and the message carries the claim.</param>
    /// <param name="delay">How long the message stays invisible: from zero to seven days.</param>
    public abstract Task SendAsync(ReadOnlyMemory<byte> payload, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="maximum"/> messages (1 to 32); none where the queue is empty or missing.</summary>
    /// <param name="visibility">How long they stay invisible to others: from one second to seven days.</param>
    public abstract Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int maximum, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>The bodies of up to 32 visible messages, which stay in the queue as they are; none where the queue is empty or missing.</summary>
    public abstract Task<IReadOnlyList<ReadOnlyMemory<byte>>> PeekAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a received message invisible for <paramref name="visibility"/> from now, or gives it back (zero).</summary>
    /// <returns>The message with its new receipt; null when somebody else holds it by now, or it is gone.</returns>
    public abstract Task<QueueMessage?> SetVisibilityAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Deletes a received message.</summary>
    /// <returns>False when somebody else holds it by now, or it is gone.</returns>
    public abstract Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>Messages in the queue, visible or not; zero where it is missing. The service calls the figure approximate.</summary>
    public abstract Task<int> CountAsync(CancellationToken cancellationToken);
}
