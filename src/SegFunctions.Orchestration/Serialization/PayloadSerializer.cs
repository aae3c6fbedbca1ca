using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SegFunctions.Orchestration.Serialization;

/// <summary>Inputs, results and events as UTF-8 JSON, with the options (and source-generated contracts) of the application.</summary>
internal sealed class PayloadSerializer(JsonSerializerOptions options)
{
    public byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    /// <summary>By the value's own type, as callers pass inputs as <see cref="object"/>.</summary>
    public byte[] WriteObject(object? value) =>
        value is null ? "null"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(value, options.GetTypeInfo(value.GetType()));

    public T? Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
}
