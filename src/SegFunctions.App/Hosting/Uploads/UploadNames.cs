namespace SegFunctions.App.Hosting.Uploads;

/// <summary>Which blobs in the container of uploads are uploads.</summary>
public static class UploadNames
{
    private const string Mapping = "mapping.json";

    /// <summary>False for mappings, <c>mapping.json</c> and <c>….mapping.json</c>, which say how to read the files beside them.</summary>
    /// <remarks>Event Grid reports mappings too, so intake asks the same question.</remarks>
    public static bool IsUpload(string blobName)
    {
        ArgumentNullException.ThrowIfNull(blobName);
        var file = blobName.AsSpan(blobName.LastIndexOf('/') + 1);
        return !file.Equals(Mapping, StringComparison.OrdinalIgnoreCase)
            && !file.EndsWith("." + Mapping, StringComparison.OrdinalIgnoreCase);
    }
}
