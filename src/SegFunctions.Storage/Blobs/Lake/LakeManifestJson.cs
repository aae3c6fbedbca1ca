using System.Text.Json;
using System.Text.Json.Serialization;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>Reads and writes manifests, strictly: what is unknown, missing, doubled or impossible is an error.</summary>
internal static class LakeManifestJson
{
    public static byte[] Write(LakeManifest manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(manifest, LakeManifestContext.Default.LakeManifest);

    /// <summary>The manifest in <paramref name="folder"/>, or null where there is none.</summary>
    /// <exception cref="LakeManifestException">There is one that this program cannot use.</exception>
    public static async Task<LakeManifest?> FindAsync(BlobContainer container, string folder, CancellationToken cancellationToken)
    {
        var blob = folder + LakeNames.Manifest;
        return await container.FindContentAsync(blob, cancellationToken) is { } found ? Read(blob, found.Content) : null;
    }

    /// <param name="blob">Where the text comes from, for messages.</param>
    /// <exception cref="LakeManifestException">The text is no manifest that this program can use.</exception>
    public static LakeManifest Read(string blob, byte[] json)
    {
        LakeManifest? manifest;
        try
        {
            RequireVersion(blob, json);
            manifest = JsonSerializer.Deserialize(json, LakeManifestContext.Default.LakeManifest);
        }
        catch (JsonException failure)
        {
            throw new LakeManifestException(blob, [$"it is not the JSON of a manifest ({failure.Message})"], failure);
        }

        string[] faults = manifest is null ? ["it is null"] : [.. FaultsOf(manifest, blob)];
        return faults.Length == 0 ? manifest! : throw new LakeManifestException(blob, faults);
    }

    /// <summary>Looks at the version before all else: a newer manifest may differ in everything but that.</summary>
    private static void RequireVersion(string blob, byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("version", out var element)
            || element.ValueKind != JsonValueKind.Number
            || !element.TryGetInt32(out var version)
            || version < 1)
        {
            throw new LakeManifestException(blob, ["it has no version number"]);
        }

        if (version > LakeManifest.CurrentVersion)
        {
            throw new LakeManifestException(
                blob, [$"its version is {version} and this program reads up to {LakeManifest.CurrentVersion}: update the program"]);
        }
    }

    private static IEnumerable<string> FaultsOf(LakeManifest manifest, string blob)
    {
        if (manifest.Parts.Any(part => part is null) || manifest.Auxiliaries.Any(auxiliary => auxiliary is null))
        {
            yield return "a part or auxiliary is null";
            yield break;
        }

        if (!LakeNames.IsSegment(manifest.Dataset) || !LakeNames.IsSegment(manifest.UploadId))
            yield return $"'{manifest.Dataset}' and '{manifest.UploadId}' cannot name a dataset and an upload";
        else if (blob != LakeNames.Folder(manifest.Dataset, manifest.UploadId) + LakeNames.Manifest)
            yield return $"it is about '{manifest.Dataset}/{manifest.UploadId}', where it does not lie";
        if (!LakePartitioning.IsCount(manifest.Partitions))
            yield return $"{manifest.Partitions} partitions are not a power of two from 1 to 256";
        if (LakeCodec.Find(manifest.Codec) is null)
            yield return $"its codec '{manifest.Codec}' is not known";
        if (manifest.Properties.ValueKind != JsonValueKind.Object)
            yield return "its properties are not an object";
        if (manifest.Rows != manifest.Parts.Sum(part => part.Rows))
            yield return $"it counts {manifest.Rows} rows, its parts {manifest.Parts.Sum(part => part.Rows)}";
        if (manifest.Parts.Any(part => part.Rows < 0 || part.Bytes < 0 || part.UncompressedBytes < 0))
            yield return "a part has a negative figure";
        if (manifest.Parts.Any(part => part.Partition < 0 || part.Partition >= manifest.Partitions)
            || manifest.Parts.DistinctBy(part => part.Partition).Count() != manifest.Parts.Length)
        {
            yield return "a part's partition is out of range or appears twice";
        }

        var folder = blob[..^LakeNames.Manifest.Length];
        var outside = manifest.Parts.Select(part => part.Blob)
            .Concat(manifest.Auxiliaries.Select(auxiliary => auxiliary.Blob))
            .FirstOrDefault(name => !name.StartsWith(folder, StringComparison.Ordinal));
        if (outside is not null)
            yield return $"its blob '{outside}' lies outside its folder";
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(LakeManifest))]
internal sealed partial class LakeManifestContext : JsonSerializerContext;
