namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>What must be known of an upload before its first part is written.</summary>
public sealed record LakeUploadOptions
{
    /// <summary>1 to 100 ASCII letters, digits, <c>.</c>, <c>-</c> and <c>_</c>, a letter or digit first and last.</summary>
    public required string Dataset { get; init; }

    /// <summary>Names the upload within its dataset; the same rule. A repeated attempt uses the same.</summary>
    public required string UploadId { get; init; }

    /// <summary>Place among the uploads of the dataset: a later upload has a larger number.</summary>
    public required long Sequence { get; init; }

    /// <summary>Form of the rows and extension of the parts, such as <c>csv</c> or <c>ndjson</c>; the same rule as for names.</summary>
    public required string Format { get; init; }

    /// <summary>A power of two from 1 to 256.</summary>
    public int Partitions { get; init; } = 1;

    public LakeCodec Codec { get; init; } = LakeCodec.Zstandard;
}
