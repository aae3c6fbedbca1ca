using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Uploads;

/// <summary>Id of one version of one file: its time and a hash of its name and ETag, so that ids sort by upload order.</summary>
/// <remarks>The same event delivered twice gives the same id; that makes intake repeatable.</remarks>
internal static class UploadId
{
    public static string Of(BlobEntry blob)
    {
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{blob.Name}\n{blob.ETag}"));
        return blob.LastModified.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)
            + "-" + Convert.ToHexStringLower(identity.AsSpan(0, 6));
    }

    /// <summary>Whether a text is spelled like an id, so that it may stand in a key.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= 64 && !id.AsSpan().ContainsAnyExcept("abcdef0123456789TZ-");
}
