using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Deletes all features: they are made anew from the lake by every refresh, and nobody reads those of an earlier one.</summary>
internal sealed class FeaturesStep(StorageAccount storage) : ErasureStep
{
    private readonly BlobContainer _features = storage.Blobs.GetContainer("features");

    public override string Store => "features";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        await foreach (var blob in _features.ListAsync("", cancellationToken))
        {
            if (await _features.DeleteAsync(blob.Name, null, cancellationToken))
                receipt.Delete(blob.Name, blob.ETag.ToString());
        }
    }
}
