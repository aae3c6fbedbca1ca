using System.Buffers;
using System.Text.Json;

namespace SegFunctions.App.Hosting.CustomHandler;

/// <summary>Writes what the Functions host expects back: always a JSON object, for an empty answer would hang until the time-out.</summary>
internal static class InvocationAnswer
{
    /// <param name="status">2xx completes the message; any other makes the trigger's own retry rule apply.</param>
    /// <param name="writeOutputs">Writes members into the open <c>Outputs</c> object; null leaves it empty.</param>
    public static async Task WriteAsync(
        HttpResponse response, int status, IReadOnlyList<string> logs, Action<Utf8JsonWriter>? writeOutputs, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("Outputs");
            writeOutputs?.Invoke(writer);
            writer.WriteEndObject();
            writer.WriteStartArray("Logs");
            foreach (var line in logs)
                writer.WriteStringValue(line);
            writer.WriteEndArray();
            writer.WriteNull("ReturnValue");
            writer.WriteEndObject();
        }

        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }
}
