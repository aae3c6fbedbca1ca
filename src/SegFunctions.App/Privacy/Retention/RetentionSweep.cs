using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Retention;

/// <summary>Takes out what has been kept long enough, and says in the audit how much it was.</summary>
internal sealed class RetentionSweep(
    StorageAccount storage, Lake lake, Vault vault, LakeRewriting rewriting, RecordSweep records, AuditLog audit, RetentionOptions options, TimeProvider time)
{
    /// <returns>Rows of the lake, and blobs, that went.</returns>
    public async Task<(long Rows, int Blobs)> SweepAsync(CancellationToken cancellationToken)
    {
        long rows = 0;
        foreach (var (name, days) in options.RowDays)
        {
            var (dataset, limit) = (DatasetCatalog.Find(name)!, time.GetUtcNow().UtcDateTime.AddDays(-days));
            var isRecords = dataset == DatasetCatalog.Customers;
            var removed = isRecords ? await records.SweepAsync(limit, cancellationToken) : await SweepRowsAsync(dataset, limit, cancellationToken);
            rows += removed;
            if (removed > 0)
                await NoteAsync(isRecords ? $"{removed} records of customers without a sign of life for {days} days removed" : $"{removed} rows of {name} older than {days} days removed", cancellationToken);
        }

        var blobs = 0;
        if (options.FileDays is { } fileDays)
        {
            foreach (var container in new[] { UploadQueue.Container, "quarantine", "reports" })
            {
                var removed = await SweepBlobsAsync(container, time.GetUtcNow().AddDays(-fileDays), cancellationToken);
                blobs += removed;
                if (removed > 0)
                    await NoteAsync($"{removed} blobs of {container} older than {fileDays} days deleted", cancellationToken);
            }
        }

        return (rows, blobs);
    }

    private Task NoteAsync(string what, CancellationToken cancellationToken) => audit.AddAsync(AuditLog.House, "retention", what, "retention", cancellationToken);

    private async Task<long> SweepRowsAsync(Dataset dataset, DateTime limit, CancellationToken cancellationToken)
    {
        long rows = 0;
        await using var hold = await rewriting.HoldAsync(dataset, cancellationToken);
        foreach (var upload in await lake.ListAsync(dataset.Name, hold.Working))
        {
            if (!(LakeProperties.Of(upload).Earliest < limit))
                continue;
            rows += await rewriting.RemoveAsync(dataset, upload.UploadId, row => IsOlder(row, limit), hold.Working);
            await SweepIdentifiersAsync(dataset, upload.UploadId, hold.Working);
        }

        return rows;
    }

    private static bool IsOlder(CanonicalReader row, DateTime limit) =>
        CanonicalTime.TryParse(row.RawField(row.RequiredColumn("timestamp")), out var moment) && moment < limit;

    /// <summary>Sealed identifiers have no moment of their own: those of customers of whom the upload holds no row any more go.</summary>
    private async Task SweepIdentifiersAsync(Dataset dataset, string uploadId, CancellationToken cancellationToken)
    {
        if (await lake.FindAsync(dataset.Name, uploadId, cancellationToken) is not { } upload)
            return;
        await foreach (var part in vault.ListAsync($"{dataset.Name}/{uploadId}/", cancellationToken))
        {
            var staying = new HashSet<CustomerKey>();
            // Both are cut alike; where the name does not tell, every row is looked at.
            var cut = VaultParts.PartitionOf(part.Name);
            foreach (var stored in upload.Parts.Where(stored => cut is null || cut.Value.Partition == stored.Partition))
                await CanonicalRows.EachAsync(await lake.OpenPartAsync(upload, stored, cancellationToken), Stays, cancellationToken);
            RowChoice goes = row => CustomerKey.TryParse(row.RawField(0), out var key) && !staying.Contains(key);
            if (!await CanonicalRows.AnyAsync(await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken), goes, cancellationToken))
                continue;
            await vault.WriteAsync(
                part.Name,
                async (target, token) => await new RowRemoval(null).CopyAsync(await vault.OpenReadAsync(part.Name, part.ETag, token), target, goes, token),
                new BlobWriteOptions { ContentType = part.ContentType ?? "application/octet-stream", IfMatch = part.ETag },
                cancellationToken);

            void Stays(CanonicalReader row)
            {
                if (CustomerKey.TryParse(row.RawField(0), out var key))
                    staying.Add(key);
            }
        }
    }

    private async Task<int> SweepBlobsAsync(string name, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var container = storage.Blobs.GetContainer(name);
        var deleted = 0;
        await foreach (var blob in container.ListAsync("", cancellationToken))
        {
            // A mapping says how files are read that are still to come.
            if (blob.LastModified >= limit || MappingFiles.IsMapping(blob.Name[(blob.Name.LastIndexOf('/') + 1)..]))
                continue;
            try
            {
                deleted += await container.DeleteAsync(blob.Name, blob.ETag, cancellationToken) ? 1 : 0;
            }
            catch (BlobChangedException)
            {
                // Written again meanwhile: it is new now.
            }
        }

        return deleted;
    }
}
