using System.Text.Json;

namespace SegFunctions.App.Uploads;

/// <summary>The event that a blob was written, as Event Grid puts it into a storage queue.</summary>
/// <param name="Url">Address of the blob.</param>
/// <param name="ETag">The version that was written, in whatever spelling the sender used; null when it does not say.</param>
internal sealed record BlobCreated(Uri Url, string? ETag)
{
    private const string EventType = "Microsoft.Storage.BlobCreated";

    /// <summary>
    /// Reads the events of a message: one event object or an array of them, in Event Grid's or the CloudEvents schema.
    /// Events of other types are left out.
    /// </summary>
    /// <exception cref="FormatException">The message is no such event; the text says what was found.</exception>
    public static IReadOnlyList<BlobCreated> Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var found = new List<BlobCreated>();
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in document.RootElement.EnumerateArray())
                    Read(element, found);
            }
            else
            {
                Read(document.RootElement, found);
            }

            return found;
        }
        catch (JsonException broken)
        {
            throw new FormatException($"The message is no JSON: {broken.Message}", broken);
        }
    }

    private static void Read(JsonElement element, List<BlobCreated> found)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"An event is a JSON object; the message holds {element.ValueKind}.");
        var type = Text(element, "eventType") ?? Text(element, "type")
            ?? throw new FormatException("The event names no 'eventType'.");
        if (type != EventType)
            return;
        if (!element.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            throw new FormatException("The event has no object 'data'.");
        if (Text(data, "url") is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var address))
            throw new FormatException("The event's 'data.url' is missing or no address.");
        found.Add(new BlobCreated(address, Text(data, "eTag")));
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
