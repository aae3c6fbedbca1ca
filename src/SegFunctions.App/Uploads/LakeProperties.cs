using System.Text.Json;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Uploads;

/// <summary>What intake remembers with an upload in the lake.</summary>
/// <param name="Earliest">Earliest timestamp of a row, UTC.</param>
/// <param name="Latest">Latest timestamp of a row, UTC.</param>
internal sealed record LakeProperties(DateTime? Earliest, DateTime? Latest)
{
    public static LakeProperties Of(LakeManifest upload) =>
        upload.Properties.Deserialize(AppJson.Default.LakeProperties)
            ?? throw new InvalidDataException($"The manifest of upload '{upload.UploadId}' has no properties.");

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, AppJson.Default.LakeProperties);
}
