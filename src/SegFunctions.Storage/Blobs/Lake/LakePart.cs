namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>The rows of one partition in one upload.</summary>
public sealed record LakePart
{
    /// <summary>From 0, below the manifest's number of partitions.</summary>
    public required int Partition { get; init; }

    /// <summary>Name of the blob in the lake's container; no two attempts at an upload share one.</summary>
    public required string Blob { get; init; }

    public required long Rows { get; init; }

    /// <summary>As stored, compressed.</summary>
    public required long Bytes { get; init; }

    public required long UncompressedBytes { get; init; }

    /// <summary>Of the blob as it is stored, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>A blob that belongs to an upload beside its parts, such as an index; stored as it was written.</summary>
public sealed record LakeAuxiliary
{
    /// <summary>What it is called within the upload.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the blob in the lake's container.</summary>
    public required string Blob { get; init; }

    public required long Bytes { get; init; }
}
