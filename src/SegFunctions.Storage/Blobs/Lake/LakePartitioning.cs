using System.Numerics;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>How rows are divided among partitions: by the leading bits of their keys.</summary>
public static class LakePartitioning
{
    public const int Most = 256;

    /// <summary>The partition of a key that begins with <paramref name="firstKeyByte"/>.</summary>
    /// <param name="partitions">A power of two from 1 to 256.</param>
    public static int PartitionOf(byte firstKeyByte, int partitions)
    {
        RequireCount(partitions);
        return firstKeyByte * partitions / 256;
    }

    internal static bool IsCount(int partitions) => partitions is >= 1 and <= Most && BitOperations.IsPow2(partitions);

    internal static void RequireCount(int partitions)
    {
        if (!IsCount(partitions))
            throw new ArgumentOutOfRangeException(nameof(partitions), partitions, "The number of partitions is a power of two from 1 to 256.");
    }

    internal static void Require(int partition, int partitions)
    {
        RequireCount(partitions);
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, partitions);
    }
}
