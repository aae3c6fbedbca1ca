using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Hosting.Uploads;

/// <summary>The BlobCreated event of Event Grid's own schema, for a blob that we have seen ourselves.</summary>
internal static class BlobCreatedEvent
{
    /// <summary>Names one version of one blob; the same on every machine.</summary>
    public static string Identify(BlobEntry blob) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{blob.Name}\n{Plain(blob.ETag)}")));

    /// <summary>Event Grid writes ETags without their quotes.</summary>
    public static string Plain(ETag tag) => tag.ToString().Trim('"');

    public static byte[] Write(BlobContainer container, BlobEntry blob)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var tag = Plain(blob.ETag);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            // The same version has the same id, so a message that is sent twice can be told from two uploads.
            writer.WriteString("id", new Guid(Convert.FromHexString(Identify(blob)).AsSpan(0, 16), bigEndian: true));
            writer.WriteString("topic", $"/segfunctions/{HostId.Id}");
            writer.WriteString("subject", $"/blobServices/default/containers/{container.Name}/blobs/{blob.Name}");
            writer.WriteString("eventType", "Microsoft.Storage.BlobCreated");
            writer.WriteString("eventTime", blob.LastModified.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            writer.WriteStartObject("data");
            writer.WriteString("api", "PutBlockList");
            writer.WriteString("eTag", tag);
            writer.WriteString("contentType", blob.ContentType ?? "application/octet-stream");
            writer.WriteNumber("contentLength", blob.Length);
            writer.WriteString("blobType", "BlockBlob");
            writer.WriteString("url", Address(container, blob.Name));
            writer.WriteString("sequencer", Sequencer(blob.LastModified, tag));
            writer.WriteEndObject();
            writer.WriteString("dataVersion", "");
            writer.WriteString("metadataVersion", "1");
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Address(BlobContainer container, string name) =>
        $"{container.Uri.AbsoluteUri.TrimEnd('/')}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Orders versions of one blob as text: by second of writing, then by the service's ETag, which grows.</summary>
    private static string Sequencer(DateTimeOffset modified, string tag)
    {
        var digits = tag.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? tag[2..] : tag;
        return modified.UtcTicks.ToString("X16", CultureInfo.InvariantCulture) + digits.PadLeft(32, '0');
    }
}
