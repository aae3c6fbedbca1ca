namespace SegFunctions.App.Hosting.Declaration;

/// <summary>What Service Bus says of the message that it delivered; the same caution as for queue messages applies to text.</summary>
public sealed record ServiceBusMessageMetadata
{
    public string? MessageId { get; init; }

    /// <summary>How often the message has been delivered, this time included.</summary>
    public long? DeliveryCount { get; init; }

    public long? SequenceNumber { get; init; }

    public string? ContentType { get; init; }

    public string? CorrelationId { get; init; }

    public string? Subject { get; init; }

    public string? SessionId { get; init; }

    public DateTimeOffset? EnqueuedTime { get; init; }

    /// <summary>The sender's own properties; values that are no text appear as their JSON.</summary>
    public IReadOnlyDictionary<string, string> ApplicationProperties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
