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

    /// <summary>The id that a file name holds, as that of a downloaded quarantine does; null where it holds none.</summary>
    public static string? In(string fileName)
    {
        const int Length = 29;
        for (var start = 0; start + Length <= fileName.Length; start++)
        {
            var id = fileName.AsSpan(start, Length);
            if (id[8] == 'T' && id[15] == 'Z' && id[16] == '-' && !id[..8].ContainsAnyExceptInRange('0', '9') && !id[9..15].ContainsAnyExceptInRange('0', '9') && !id[17..].ContainsAnyExcept("abcdef0123456789"))
                return id.ToString();
        }

        return null;
    }

    /// <summary>Whether a text is spelled like an id, so that it may stand in a key.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= 64 && !id.AsSpan().ContainsAnyExcept("abcdef0123456789TZ-");
}
