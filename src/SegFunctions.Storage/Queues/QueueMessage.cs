namespace SegFunctions.Storage.Queues;

/// <summary>A message as it was received; it is invisible to others until <see cref="NextVisibleOn"/>.</summary>
public sealed record QueueMessage
{
    public required string MessageId { get; init; }

    /// <summary>Proof that this receiver holds the message; it changes with every renewal.</summary>
    public required string PopReceipt { get; init; }

    /// <summary>
    /// The payload as it stands in the queue, base64 undone: either what was sent, or a claim that <see cref="ClaimCheck"/>
    /// redeems.
    /// </summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>False when the text in the queue was no base64; <see cref="Body"/> then holds that text as UTF-8.</summary>
    public bool IsDecodable { get; init; } = true;

    /// <summary>How often the message has been received, this time included.</summary>
    public required long DequeueCount { get; init; }

    public required DateTimeOffset InsertedOn { get; init; }

    public required DateTimeOffset NextVisibleOn { get; init; }

    public required DateTimeOffset ExpiresOn { get; init; }
}
