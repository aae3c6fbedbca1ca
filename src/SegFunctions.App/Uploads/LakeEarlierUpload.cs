using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Uploads;

/// <summary>An upload in the lake, as duplicates are looked for in it.</summary>
internal sealed class LakeEarlierUpload(Lake lake, LakeManifest manifest) : EarlierUpload
{
    /// <summary>Name of the row index beside the parts.</summary>
    public const string RowIndex = "rows.index";

    public override string Name => manifest.UploadId;

    public override int Partitions => manifest.Partitions;

    public override async ValueTask<Stream?> OpenRowIndexAsync(CancellationToken cancellationToken) =>
        await lake.OpenAuxiliaryAsync(manifest, RowIndex, cancellationToken);

    public override async ValueTask<Stream?> OpenPartAsync(int partition, CancellationToken cancellationToken)
    {
        var part = Array.Find(manifest.Parts, part => part.Partition == partition);
        return part is null ? null : await lake.OpenPartAsync(manifest, part, cancellationToken);
    }
}
