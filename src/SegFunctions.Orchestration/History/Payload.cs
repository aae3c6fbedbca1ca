using System.Text.Json.Serialization;

namespace SegFunctions.Orchestration.History;

/// <summary>A value in history: JSON where it is small or needed by a replay, else the name of the blob that holds it.</summary>
public sealed record Payload
{
    /// <summary>UTF-8 JSON, or null when <see cref="Blob"/> holds it.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public byte[]? Json { get; init; }

    /// <summary>Name of the blob with the JSON.</summary>
    public string? Blob { get; init; }

    internal static Payload Inline(byte[] json) => new() { Json = json };

    internal static Payload InBlob(string name) => new() { Blob = name };
}
