using System.Runtime.CompilerServices;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Refresh;

/// <summary>The stored parts of uploads in which the customers of a partition are.</summary>
internal static class LakeParts
{
    /// <summary>Opens one after the other, in upload order. Each belongs to the caller; it holds customers of other partitions too.</summary>
    /// <param name="run">Names the run in errors.</param>
    /// <param name="uploads">Ids, in upload order.</param>
    /// <param name="also">Further partitions to read: customers in them stand for one of this partition.</param>
    /// <exception cref="InvalidOperationException">An upload is gone.</exception>
    public static async IAsyncEnumerable<Stream> OpenAsync(
        Lake lake, string dataset, string run, IEnumerable<string> uploads, int partition, int partitions, IReadOnlyList<int> also, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in uploads)
        {
            var upload = await lake.FindAsync(dataset, id, cancellationToken)
                ?? throw new InvalidOperationException($"The upload '{id}' was deleted from the lake while run {run} was working; start another run.");
            foreach (var stored in also.Prepend(partition).SelectMany(one => upload.PartsCovering(one, partitions)).DistinctBy(part => part.Partition))
                yield return await lake.OpenPartAsync(upload, stored, cancellationToken);
        }
    }
}
