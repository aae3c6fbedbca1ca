namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>Where an upload's blobs lie: <c>dataset/uploadId/part-003-of-016.attempt.csv.zst</c>, <c>manifest.json</c>.</summary>
internal static class LakeNames
{
    public const string Manifest = "manifest.json";

    /// <summary>With the trailing slash.</summary>
    public static string Folder(string dataset, string uploadId) =>
        $"{RequireSegment(dataset, nameof(dataset))}/{RequireSegment(uploadId, nameof(uploadId))}/";

    /// <param name="attempt">Differs between attempts at the same upload, so that none writes over what another has committed.</param>
    public static string Part(string folder, int partition, int partitions, string attempt, string format, LakeCodec codec) =>
        $"{folder}part-{partition:000}-of-{partitions:000}.{attempt}.{format}{codec.Suffix}";

    public static string Auxiliary(string folder, string name, string attempt) => $"{folder}{name}.{attempt}";

    /// <summary>The folder of a blob, or null for a blob that lies in no upload's folder.</summary>
    public static string? FolderOf(string blob)
    {
        var first = blob.IndexOf('/');
        var second = first < 0 ? -1 : blob.IndexOf('/', first + 1);
        return second < 0 ? null : blob[..(second + 1)];
    }

    /// <summary>1 to 100 letters, digits, dots, hyphens and underscores, a letter or digit first and last.</summary>
    public static string RequireSegment(string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text, what);
        return IsSegment(text) ? text : throw new ArgumentException(
            $"'{text}' cannot be used as {what}: 1 to 100 ASCII letters, digits, '.', '-' and '_', a letter or digit first and last.", what);
    }

    public static bool IsSegment(string text) =>
        text.Length is >= 1 and <= 100
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
