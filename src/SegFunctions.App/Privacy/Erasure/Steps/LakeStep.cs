using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Writes the lake's parts that hold rows of the person anew without them, with row index and manifest; rows of others that name the person lose the naming.</summary>
/// <remarks>Each dataset is under the lease of its intake meanwhile, which also lets blobs of intakes that died be deleted at once.</remarks>
internal sealed class LakeStep(Lake lake, LakeRewriting rewriting) : ErasureStep
{
    public override string Store => "lake";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        foreach (var dataset in DatasetCatalog.All)
        {
            await using var hold = await rewriting.HoldAsync(dataset, cancellationToken);
            if (await lake.SweepAsync(dataset.Name, TimeSpan.Zero, hold.Working) is > 0 and var orphans)
                receipt.Delete($"{dataset.Name}: blobs of intakes that were cut off", orphans.ToString());
            var mentions = person.Traces.Mentions;
            var masking = mentions.IsEmpty ? null : new RowMasking(dataset, mentions);
            foreach (var upload in await lake.ListAsync(dataset.Name, hold.Working))
            {
                var (removed, masked) = await rewriting.RemoveAsync(dataset, upload.UploadId, person.Owns, masking, part => person.FindClear(part.Blob), hold.Working);
                if (removed + masked > 0)
                    receipt.Rewrite($"{dataset.Name}/{upload.UploadId}", upload.SourceSha256, removed, masked);
            }
        }
    }
}
