namespace SegFunctions.App.Hosting.Declaration;

/// <summary>What a queue says of the message that it delivered.</summary>
/// <remarks>
/// Under the Functions host the members are null for a text trigger whose message is a JSON object with a property of that
/// name: the host has then put the message's own value in its place.
/// </remarks>
public sealed record QueueMessageMetadata
{
    public string? Id { get; init; }

    /// <summary>How often the message has been delivered, this time included.</summary>
    public long? DequeueCount { get; init; }

    public DateTimeOffset? InsertionTime { get; init; }

    public DateTimeOffset? ExpirationTime { get; init; }
}
