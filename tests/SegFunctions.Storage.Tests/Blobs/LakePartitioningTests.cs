using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.Storage.Tests.Blobs;

public sealed class LakePartitioningTests
{
    [Fact]
    public void Partition_is_the_leading_bits_of_the_key()
    {
        for (var bits = 0; bits <= 8; bits++)
        {
            for (var first = 0; first < 256; first++)
                Assert.Equal(first >> (8 - bits), LakePartitioning.PartitionOf((byte)first, 1 << bits));
        }
    }

    [Fact]
    public void Parts_that_cover_a_partition_are_those_that_hold_its_keys()
    {
        for (var written = 0; written <= 8; written++)
        {
            var manifest = Divided(1 << written);
            for (var asked = 0; asked <= 8; asked++)
            {
                for (var first = 0; first < 256; first += 5)
                {
                    var covering = manifest.PartsCovering(LakePartitioning.PartitionOf((byte)first, 1 << asked), 1 << asked);
                    Assert.Contains(covering, part => part.Partition == LakePartitioning.PartitionOf((byte)first, 1 << written));
                    Assert.Equal(Math.Max(1, (1 << written) / (1 << asked)), covering.Count());
                }
            }
        }
    }

    private static LakeManifest Divided(int partitions) => new()
    {
        Dataset = "orders",
        UploadId = "u1",
        Sequence = 1,
        CreatedAt = default,
        Partitions = partitions,
        Codec = "none",
        Format = "csv",
        Rows = 0,
        SourceSha256 = "",
        Properties = default,
        Auxiliaries = [],
        Parts =
        [
            .. Enumerable.Range(0, partitions).Select(partition => new LakePart
            {
                Partition = partition,
                Blob = $"{partition}",
                Rows = 0,
                Bytes = 0,
                UncompressedBytes = 0,
                Sha256 = "",
            }),
        ],
    };
}
