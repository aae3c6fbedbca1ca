using System.Security.Cryptography;
using SegFunctions.Storage.Blobs.Streams;

namespace SegFunctions.Storage.Blobs.Lake;

/// <summary>Writes the blobs of an upload and measures them for its manifest.</summary>
internal static class LakePartWriting
{
    /// <summary>Writes a part, compressed, under a name that no blob has.</summary>
    public static async Task<LakePart> WriteAsync(
        BlobContainer container, string name, int partition, LakeCodec codec, Func<Stream, CancellationToken, Task<long>> writeRows, CancellationToken cancellationToken)
    {
        LakePart? part = null;
        await container.WriteAsync(
            name,
            async (blob, ct) => part = await MeasureAsync(blob, ct),
            new BlobWriteOptions { OnlyIfMissing = true },
            cancellationToken);
        return part!;

        async Task<LakePart> MeasureAsync(Stream blob, CancellationToken ct)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var stored = new MeasuredWriteStream(blob, hash);
            long rows;
            MeasuredWriteStream content;
            await using (var compressing = codec.Compress(stored))
            {
                content = new MeasuredWriteStream(compressing);
                rows = await writeRows(content, ct);
            }

            return new LakePart
            {
                Partition = partition,
                Blob = name,
                Rows = rows,
                Bytes = stored.Written,
                UncompressedBytes = content.Written,
                Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()),
            };
        }
    }

    /// <summary>Writes a blob beside the parts, as it is, under a name that no blob has.</summary>
    public static async Task<LakeAuxiliary> WriteAuxiliaryAsync(
        BlobContainer container, string folder, string name, string attempt, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken)
    {
        var blobName = LakeNames.Auxiliary(folder, name, attempt);
        var bytes = 0L;
        await container.WriteAsync(
            blobName,
            async (blob, ct) =>
            {
                var measured = new MeasuredWriteStream(blob);
                await writeContent(measured, ct);
                bytes = measured.Written;
            },
            new BlobWriteOptions { OnlyIfMissing = true },
            cancellationToken);
        return new LakeAuxiliary { Name = name, Blob = blobName, Bytes = bytes };
    }
}
