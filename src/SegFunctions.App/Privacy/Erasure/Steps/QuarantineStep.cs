using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Takes refused rows that name the person out of the quarantine.</summary>
internal sealed class QuarantineStep(StorageAccount storage) : ErasureStep
{
    private readonly BlobContainer _quarantine = storage.Blobs.GetContainer("quarantine");

    public override string Store => "quarantine";

    /// <summary>Whether a line of a quarantine file names the person: in the row as it was sent, or in the value that was refused.</summary>
    public static RowChoice Names(Person person) => Where(person.IsNamedIn);

    /// <summary>Whether row or value of a line of a quarantine file is of a kind.</summary>
    public static RowChoice Where(Func<ReadOnlySpan<byte>, bool> isWanted) => row =>
    {
        for (var column = 0; column < row.Header.Count; column++)
        {
            // The line's number is no id.
            if (row.Header[column] is "raw" or "value" && isWanted(row.Field(column)))
                return true;
        }

        return false;
    };

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        var names = Names(person);
        await foreach (var blob in _quarantine.ListAsync("", cancellationToken))
        {
            if (blob.Name.EndsWith(".csv", StringComparison.Ordinal))
            {
                await RewriteAsync(blob, names, receipt, cancellationToken);
            }
            else if (await _quarantine.FindContentAsync(blob.Name, cancellationToken) is { } found && person.IsNamedIn(found.Content))
            {
                await _quarantine.DeleteAsync(blob.Name, found.ETag, cancellationToken);
                receipt.Delete(blob.Name, found.ETag.ToString());
            }
        }
    }

    private async Task RewriteAsync(BlobEntry blob, RowChoice names, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        if (!await CanonicalRows.AnyAsync(await _quarantine.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), names, cancellationToken))
            return;
        var removal = new RowRemoval(null);
        var version = await _quarantine.WriteAsync(
            blob.Name,
            async (target, token) => await removal.CopyAsync(await _quarantine.OpenReadAsync(blob.Name, blob.ETag, token), target, names, token),
            new BlobWriteOptions { ContentType = blob.ContentType ?? "text/csv; charset=utf-8", IfMatch = blob.ETag },
            cancellationToken);
        receipt.Rewrite(blob.Name, version.ToString(), removal.Removed);
    }
}
