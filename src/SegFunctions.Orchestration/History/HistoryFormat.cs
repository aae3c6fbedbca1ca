using System.IO.Compression;
using System.Text.Json;

namespace SegFunctions.Orchestration.History;

/// <summary>The events of one step as bytes. The format's number stands with every step and every instance.</summary>
/// <remarks>Format 1: a JSON array of events (<see cref="HistoryJson"/>), UTF-8, Brotli.</remarks>
internal static class HistoryFormat
{
    public const int Current = 1;

    public static byte[] Encode(IEnumerable<HistoryEvent> events)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(compressed, events.ToArray(), HistoryJson.Default.HistoryEventArray);
        return bytes.ToArray();
    }

    /// <exception cref="HistoryFormatException">The format is newer than this build.</exception>
    public static HistoryEvent[] Decode(string instanceId, int format, byte[] bytes)
    {
        Require(instanceId, format);
        using var compressed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var json = new MemoryStream();
        compressed.CopyTo(json);
        return JsonSerializer.Deserialize(json.GetBuffer().AsSpan(0, (int)json.Length), HistoryJson.Default.HistoryEventArray)
            ?? throw new InvalidDataException($"A step of instance '{instanceId}' holds no events.");
    }

    /// <exception cref="HistoryFormatException">The format is newer than this build.</exception>
    public static void Require(string instanceId, int format)
    {
        if (format is < 1 or > Current)
            throw new HistoryFormatException(instanceId, format, Current);
    }
}
