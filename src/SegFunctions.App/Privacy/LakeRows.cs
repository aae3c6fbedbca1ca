using System.Runtime.CompilerServices;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Privacy;

/// <summary>The rows of the lake, wherever all of them are gone through.</summary>
internal static class LakeRows
{
    /// <summary>All parts, by dataset and in upload order.</summary>
    /// <remarks>What is replaced between the list and its turn is missing then: <see cref="BlobMissingException"/>, and whoever reads begins again.</remarks>
    public static async IAsyncEnumerable<StoredPart> PartsAsync(this Lake lake, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var dataset in DatasetCatalog.All)
        {
            await foreach (var part in lake.PartsAsync(dataset, cancellationToken))
                yield return part;
        }
    }

    /// <summary>The parts of one dataset, in upload order.</summary>
    /// <inheritdoc cref="PartsAsync(Lake, CancellationToken)" path="/remarks"/>
    public static async IAsyncEnumerable<StoredPart> PartsAsync(this Lake lake, Dataset dataset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        foreach (var upload in await lake.ListAsync(dataset.Name, cancellationToken))
        {
            foreach (var part in upload.Parts)
                yield return new StoredPart(lake, dataset, upload, part);
        }
    }
}

/// <summary>A part of the lake, and what its rows are.</summary>
internal sealed record StoredPart(Lake Lake, Dataset Dataset, LakeManifest Upload, LakePart Part)
{
    /// <summary>The blob, which is never written over: whoever has read it knows it.</summary>
    public string Blob => Part.Blob;

    /// <summary>Whether rows of a customer may lie here: they lie by key.</summary>
    public bool MayHold(CustomerKey key) => key.Partition(Upload.Partitions) == Part.Partition;

    /// <summary>Opens the part; the stream belongs to the caller.</summary>
    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => Lake.OpenPartAsync(Upload, Part, cancellationToken);

    /// <summary>Hands out all rows.</summary>
    public async Task EachAsync(Action<CanonicalReader> take, CancellationToken cancellationToken) =>
        await CanonicalRows.EachAsync(await OpenAsync(cancellationToken), take, cancellationToken);

    /// <summary>Whether some row is of a kind; stops at the first.</summary>
    public async Task<bool> AnyAsync(RowChoice isSought, CancellationToken cancellationToken) =>
        await CanonicalRows.AnyAsync(await OpenAsync(cancellationToken), isSought, cancellationToken);
}
