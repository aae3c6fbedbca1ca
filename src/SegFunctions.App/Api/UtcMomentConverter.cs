using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SegFunctions.App.Api;

/// <summary>Reads a moment; without an offset it is UTC, a date alone is its midnight UTC, wherever the process runs.</summary>
public sealed class UtcMomentConverter : JsonConverter<DateTimeOffset>
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, Utc, out var moment)
            ? moment
            : throw new JsonException("A moment is a text such as \"2026-03-04\" or \"2026-03-04T05:06:07Z\".");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
