using SegFunctions.App.Uploads;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Deletes the dropped files that hold the person.</summary>
internal sealed class UploadsStep(RawFiles files) : ErasureStep
{
    public override string Store => "uploads";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        var erased = person.AsErased();
        await foreach (var file in files.ListAsync(cancellationToken))
        {
            var isHeld = person.Uploads.Contains(UploadId.Of(file))
                || (person.FindClear(RawFiles.VersionOf(file)) is null && await files.HoldsAsync(file, erased, person.Traces, cancellationToken));
            if (isHeld && await files.DeleteAsync(file, cancellationToken))
                receipt.Delete(file.Name, file.ETag.ToString());
        }
    }
}
