using System.Text.Json;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>All there is to know of one upload. The upload exists when its manifest does; it changes only as a whole (<see cref="LakeRevision"/>).</summary>
public sealed record LakeManifest
{
    /// <summary>The newest form of a manifest that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required string Dataset { get; init; }

    public required string UploadId { get; init; }

    /// <summary>Place among the uploads of the dataset: a later upload has a larger number.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the upload was committed, UTC; orders uploads of the same sequence number.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By how many prefixes of the key the rows are divided: a power of two from 1 to 256.</summary>
    public required int Partitions { get; init; }

    /// <summary>Name of the parts' <see cref="LakeCodec"/>.</summary>
    public required string Codec { get; init; }

    /// <summary>Form of the rows and extension of the parts, such as <c>csv</c> or <c>ndjson</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Sum over all parts.</summary>
    public required long Rows { get; init; }

    /// <summary>By partition, ascending; a partition without rows may have no part.</summary>
    public required LakePart[] Parts { get; init; }

    /// <summary>By name, ordinal.</summary>
    public required LakeAuxiliary[] Auxiliaries { get; init; }

    /// <summary>Of the content that was uploaded, in lower-case hexadecimal.</summary>
    public required string SourceSha256 { get; init; }

    /// <summary>What the writer wants to remember: any JSON object.</summary>
    public required JsonElement Properties { get; init; }

    /// <summary>The parts that can hold rows of <paramref name="partition"/> when keys are divided into <paramref name="partitions"/>.</summary>
    /// <remarks>Where this upload is divided less finely the part holds rows of neighbours too, and the reader must pick.</remarks>
    public IEnumerable<LakePart> PartsCovering(int partition, int partitions)
    {
        LakePartitioning.Require(partition, partitions);
        return Parts.Where(part => partitions >= Partitions
            ? part.Partition == partition / (partitions / Partitions)
            : part.Partition / (Partitions / partitions) == partition);
    }
}
