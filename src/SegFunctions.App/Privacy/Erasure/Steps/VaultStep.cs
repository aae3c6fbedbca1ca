using SegFunctions.App.Identity;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Erasure.Steps;

/// <summary>Seals the vault's parts anew without the person's identifiers.</summary>
internal sealed class VaultStep(Vault vault, IdentityModels models) : ErasureStep
{
    public override string Store => "vault";

    public override async Task EraseAsync(Person person, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        await foreach (var (_, part) in vault.PartsAsync([.. person.OwnKeys], cancellationToken))
            await EraseAsync(part, person.Owns, receipt, cancellationToken);

        // What was learned of identities knew the person's values by their hashes; the next refresh learns anew.
        foreach (var (name, version) in await models.DeleteAsync(cancellationToken))
            receipt.Delete(name, version);
    }

    private async Task EraseAsync(BlobEntry part, RowChoice goes, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        if (!await CanonicalRows.AnyAsync(await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken), goes, cancellationToken))
            return;
        var removal = new RowRemoval(null);
        var version = await vault.WriteAsync(
            part.Name,
            async (target, token) => await removal.CopyAsync(await vault.OpenReadAsync(part.Name, part.ETag, token), target, goes, token),
            new BlobWriteOptions { ContentType = part.ContentType ?? "application/octet-stream", IfMatch = part.ETag },
            cancellationToken);
        receipt.Rewrite(part.Name, version.ToString(), removal.Removed);
    }
}
