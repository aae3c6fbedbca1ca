using System.Globalization;
using System.Text.Json;

namespace SegFunctions.App.Hosting.CustomHandler;

/// <summary>Undoes how the Functions host writes values into an invocation; which rule applies is known from the declaration.</summary>
/// <remarks>
/// Bytes are one base64 string; dates are bare ISO text; objects are objects; everything else, text above all, is a JSON
/// string that holds the value's own JSON.
/// </remarks>
internal static class BindingValue
{
    /// <summary>A value that the host holds as bytes.</summary>
    /// <exception cref="EnvelopeException">It is no base64 text.</exception>
    public static byte[] Bytes(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String || !value.TryGetBytesFromBase64(out var bytes))
            throw new EnvelopeException($"'{name}' must be a base64 string, for its binding is declared \"dataType\": \"binary\".");
        return bytes;
    }

    /// <summary>A value that the host holds as text: JSON in a JSON string.</summary>
    /// <exception cref="EnvelopeException">It is not encoded twice.</exception>
    public static string Text(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                if (JsonSerializer.Deserialize(value.GetString()!, TextContext.Default.String) is { } text)
                    return text;
            }
            catch (JsonException)
            {
                // Falls through to the one message below.
            }
        }

        throw new EnvelopeException($"'{name}' must be a JSON string that holds a JSON string, as the Functions host writes text.");
    }

    /// <summary>Text of the metadata, or null where it is absent or no text.</summary>
    public static string? OptionalText(JsonElement metadata, string name)
    {
        if (Inner(metadata, name) is not { } inner)
            return null;
        using (inner)
            return inner.RootElement.ValueKind == JsonValueKind.String ? inner.RootElement.GetString() : null;
    }

    /// <summary>A whole number of the metadata, or null where it is absent or no such number.</summary>
    public static long? OptionalNumber(JsonElement metadata, string name)
    {
        if (Inner(metadata, name) is not { } inner)
            return null;
        using (inner)
            return inner.RootElement.ValueKind == JsonValueKind.Number && inner.RootElement.TryGetInt64(out var number) ? number : null;
    }

    /// <summary>A point in time of the metadata, or null; one without offset is UTC.</summary>
    public static DateTimeOffset? OptionalTime(JsonElement metadata, string name) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(name, out var value) ? Time(value) : null;

    /// <summary>A point in time, or null where the value is none; one without offset is UTC.</summary>
    public static DateTimeOffset? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static JsonDocument? Inner(JsonElement metadata, string name)
    {
        if (metadata.ValueKind != JsonValueKind.Object
            || !metadata.TryGetProperty(name, out var value)
            || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
