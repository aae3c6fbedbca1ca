using System.Text.Json;
using Azure;

namespace SegFunctions.App.Hosting.Uploads;

/// <summary>An upload as its event names it, whoever sent the event: Event Grid or our own watcher.</summary>
/// <remarks>Events come at least once and in no promised order; name and ETag together name one version of one file.</remarks>
/// <param name="Container">Name of the container.</param>
/// <param name="Name">Name of the blob inside it, unescaped.</param>
/// <param name="ETag">The version; read with it as the condition.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sequencer">Orders events of one blob when compared ordinally as text.</param>
public sealed record ReceivedUpload(string Container, string Name, ETag ETag, long Length, string Sequencer)
{
    private const string SubjectStart = "/blobServices/default/containers/";
    private const string SubjectMiddle = "/blobs/";

    // CreateFile comes before the content with hierarchical namespaces; FlushWithClose follows when it is there.
    private static readonly string[] Commits = ["PutBlob", "PutBlockList", "CopyBlob", "FlushWithClose", "SftpCommit"];

    /// <summary>The uploads of a message: one event, or an array of them; events of other kinds are left out. Mappings are events too.</summary>
    /// <exception cref="FormatException">The message holds no events of Event Grid's schema; the text says what is missing.</exception>
    public static IReadOnlyList<ReceivedUpload> Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var uploads = new List<ReceivedUpload>();
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                Add(document.RootElement, uploads);
            else
                foreach (var item in document.RootElement.EnumerateArray())
                    Add(item, uploads);
            return uploads;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The message is no JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.", exception);
        }
    }

    private static void Add(JsonElement item, List<ReceivedUpload> uploads)
    {
        if (Text(item, "eventType") != "Microsoft.Storage.BlobCreated")
            return;
        var data = item.TryGetProperty("data", out var found) ? found : throw new FormatException("The event has no 'data'.");
        if (!Commits.Contains(Text(data, "api"), StringComparer.Ordinal))
            return;
        var subject = Text(item, "subject");
        var middle = subject.IndexOf(SubjectMiddle, StringComparison.Ordinal);
        if (!subject.StartsWith(SubjectStart, StringComparison.Ordinal) || middle < SubjectStart.Length)
            throw new FormatException("The event's 'subject' names no blob.");
        var name = subject[(middle + SubjectMiddle.Length)..];
        uploads.Add(new ReceivedUpload(
            subject[SubjectStart.Length..middle],
            name,
            new ETag(Text(data, "eTag")),
            data.TryGetProperty("contentLength", out var length) && length.TryGetInt64(out var bytes) ? bytes : 0,
            data.TryGetProperty("sequencer", out var sequencer) ? sequencer.GetString() ?? "" : ""));
    }

    private static string Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"The event has no text '{name}'.");
}
