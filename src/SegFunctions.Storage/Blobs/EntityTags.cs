using Azure;

namespace SegFunctions.Storage.Blobs;

/// <summary>One spelling for ETags: headers quote them, lists and events do not, and the SDK compares them as text.</summary>
internal static class EntityTags
{
    public static ETag Quoted(ETag etag)
    {
        var text = etag.ToString();
        var isBare = text.Length > 0 && text[0] != '"' && text != "*" && !text.StartsWith("W/", StringComparison.Ordinal);
        return isBare ? new ETag($"\"{text}\"") : etag;
    }

    public static ETag? Quoted(ETag? etag) => etag is { } given ? Quoted(given) : null;
}
