namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>A manifest cannot be used as it stands; the message names the blob and every fault.</summary>
public sealed class LakeManifestException(string blob, IReadOnlyList<string> faults, Exception? inner = null)
    : Exception($"The manifest '{blob}' cannot be used: {string.Join("; ", faults)}.", inner)
{
    public string Blob { get; } = blob;

    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>An upload of that id exists with other content; nothing was changed.</summary>
public sealed class LakeConflictException(string dataset, string uploadId, string difference)
    : Exception($"The upload '{uploadId}' of dataset '{dataset}' exists already with other content: {difference}. An upload never changes; use another id.")
{
    public string Dataset { get; } = dataset;

    public string UploadId { get; } = uploadId;
}

/// <summary>A blob of an upload does not hold what its manifest says.</summary>
public sealed class LakeContentException(string blob, string fault)
    : Exception($"The lake's blob '{blob}' does not hold what its manifest says: {fault}.")
{
    public string Blob { get; } = blob;
}
