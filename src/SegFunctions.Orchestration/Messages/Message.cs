using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SegFunctions.Orchestration.Messages;

/// <summary>The engine's own messages: small, complete, and versioned.</summary>
internal abstract record Message
{
    private const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public static byte[] Write(StepMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.StepMessage);

    public static byte[] Write(ActivityMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.ActivityMessage);

    /// <exception cref="InvalidDataException">It is no message of this engine, or one of a newer build.</exception>
    public static StepMessage ReadStep(ReadOnlyMemory<byte> body) => Read(body, MessageJson.Default.StepMessage);

    /// <inheritdoc cref="ReadStep"/>
    public static ActivityMessage ReadActivity(ReadOnlyMemory<byte> body) => Read(body, MessageJson.Default.ActivityMessage);

    private static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : Message
    {
        T? message;
        try
        {
            message = JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"The message is no {typeof(T).Name}: {malformed.Message}", malformed);
        }

        if (message is null)
            throw new InvalidDataException($"The message is no {typeof(T).Name}: it is empty.");
        if (message.Format is < 1 or > CurrentFormat)
            throw new InvalidDataException($"The {typeof(T).Name} has format {message.Format}; this build reads formats up to {CurrentFormat}.");
        return message;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StepMessage))]
[JsonSerializable(typeof(ActivityMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;
