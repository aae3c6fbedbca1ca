using System.Runtime.CompilerServices;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Refresh;

/// <summary>The stored parts of uploads in which the customers of a partition are.</summary>
internal static class LakeParts
{
    /// <summary>Opens one after the other, in upload order. Each belongs to the caller; it holds customers of other partitions too.</summary>
    /// <param name="run">Names the run in errors.</param>
    /// <param name="uploads">Ids, in upload order.</param>
    /// <exception cref="InvalidOperationException">An upload is gone.</exception>
    public static async IAsyncEnumerable<Stream> OpenAsync(
        Lake lake, string dataset, string run, IEnumerable<string> uploads, int partition, int partitions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in uploads)
        {
            var upload = await lake.FindAsync(dataset, id, cancellationToken)
                ?? throw new InvalidOperationException($"The upload '{id}' was deleted from the lake while run {run} was working; start another run.");
            foreach (var stored in upload.PartsCovering(partition, partitions))
                yield return await lake.OpenPartAsync(upload, stored, cancellationToken);
        }
    }
}
