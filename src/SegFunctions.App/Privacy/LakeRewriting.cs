using SegFunctions.App.Uploads;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Leases;

namespace SegFunctions.App.Privacy;

/// <summary>Takes rows out of uploads in the lake, for erasure and for retention.</summary>
internal sealed class LakeRewriting(StorageAccount storage, Lake lake)
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeaseRetry = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until no intake of the dataset settles, and keeps it so.</summary>
    public async Task<DatasetHold> HoldAsync(Dataset dataset, CancellationToken cancellationToken) =>
        new(await storage.Leases.AcquireAsync(UploadSettlement.LeaseOf(dataset.Name), LeaseDuration, LeaseRetry, cancellationToken), cancellationToken);

    /// <summary>Takes rows out of one upload; readers see it with them or without, never half.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<long> RemoveAsync(Dataset dataset, string uploadId, RowChoice goes, CancellationToken cancellationToken) =>
        (await RemoveAsync(dataset, uploadId, goes, masking: null, static _ => null, cancellationToken)).Removed;

    /// <summary>Takes rows out of one upload, and the naming of a person out of those that stay.</summary>
    /// <param name="clear">The moments of a part of which it is known that nothing in it is concerned; null: it has to be read.</param>
    /// <returns>How many rows went, and out of how many the naming went.</returns>
    public async Task<(long Removed, long Masked)> RemoveAsync(
        Dataset dataset, string uploadId, RowChoice goes, RowMasking? masking, Func<LakePart, MomentSpan?> clear, CancellationToken cancellationToken)
    {
        if (await lake.ReviseAsync(dataset.Name, uploadId, cancellationToken) is not var (standing, revision))
            return default;
        var removal = new RowRemoval(dataset, masking);
        // The span of the upload's moments may shrink: a moment of the person must not stay in it.
        var moments = new MomentSpan();
        foreach (var part in standing.Parts)
        {
            if (clear(part) is { } known)
            {
                moments.Add(known);
                continue;
            }

            var ofPart = new MomentSpan();
            if (await CanonicalRows.AnyAsync(await lake.OpenPartAsync(standing, part, cancellationToken), IsTouched, cancellationToken))
            {
                await revision.WritePartAsync(
                    part.Partition,
                    async (target, token) => await removal.CopyAsync(await lake.OpenPartAsync(standing, part, token), target, goes, token),
                    cancellationToken);
            }
            else
            {
                moments.Add(ofPart);
            }

            bool IsTouched(CanonicalReader row)
            {
                ofPart.Add(row);
                return goes(row) || masking?.IsNeeded(row) == true;
            }
        }

        if (removal is { Removed: 0, Masked: 0 })
            return default;
        moments.Add(removal.Moments);
        if (standing.Auxiliaries.Any(auxiliary => auxiliary.Name == LakeEarlierUpload.RowIndex))
        {
            await revision.WriteAuxiliaryAsync(
                LakeEarlierUpload.RowIndex,
                async (target, token) => await removal.WriteIndexAsync((await lake.OpenAuxiliaryAsync(standing, LakeEarlierUpload.RowIndex, token))!, target, token),
                cancellationToken);
        }

        await revision.CommitAsync((LakeProperties.Of(standing) with { Earliest = moments.Earliest, Latest = moments.Latest }).ToJson(), cancellationToken);
        return (removal.Removed, removal.Masked);
    }
}

/// <summary>The lease on a dataset's intake; <see cref="Working"/> ends when it is lost.</summary>
internal sealed class DatasetHold : IAsyncDisposable
{
    private readonly Lease _lease;
    private readonly CancellationTokenSource _working;
    private readonly CancellationTokenRegistration _lost;

    public DatasetHold(Lease lease, CancellationToken cancellationToken)
    {
        _lease = lease;
        _working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _lost = lease.Lost.Register(_working.Cancel);
    }

    public CancellationToken Working => _working.Token;

    public async ValueTask DisposeAsync()
    {
        await _lost.DisposeAsync();
        _working.Dispose();
        await _lease.DisposeAsync();
    }
}
