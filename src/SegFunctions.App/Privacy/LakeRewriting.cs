using SegFunctions.App.Uploads;
using SegFunctions.Customers.Intake.Datasets;
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
    /// <param name="isConcerned">Tells of a partition of the upload whether it may hold such rows.</param>
    /// <returns>How many rows went.</returns>
    public async Task<long> RemoveAsync(
        Dataset dataset, string uploadId, Func<int, bool> isConcerned, RowChoice goes, CancellationToken cancellationToken) =>
        (await RemoveAsync(dataset, uploadId, isConcerned, goes, masking: null, cancellationToken)).Removed;

    /// <summary>Takes rows out of one upload, and the naming of a person out of those that stay, in whatever partition they lie.</summary>
    /// <returns>How many rows went, and out of how many the naming went.</returns>
    public async Task<(long Removed, long Masked)> RemoveAsync(
        Dataset dataset, string uploadId, Func<int, bool> isConcerned, RowChoice goes, RowMasking? masking, CancellationToken cancellationToken)
    {
        if (await lake.ReviseAsync(dataset.Name, uploadId, cancellationToken) is not var (standing, revision))
            return default;
        var removal = new RowRemoval(dataset, masking);
        var untouched = new List<LakePart>();
        foreach (var part in standing.Parts)
        {
            var mayHold = isConcerned(part.Partition);
            RowChoice isTouched = row => (mayHold && goes(row)) || masking?.IsNeeded(row) == true;
            if ((mayHold || masking is not null) && await RowRemoval.IsNeededAsync(await lake.OpenPartAsync(standing, part, cancellationToken), isTouched, cancellationToken))
            {
                await revision.WritePartAsync(
                    part.Partition,
                    async (target, token) => await removal.CopyAsync(await lake.OpenPartAsync(standing, part, token), target, goes, token),
                    cancellationToken);
            }
            else
            {
                untouched.Add(part);
            }
        }

        if (removal is { Removed: 0, Masked: 0 })
            return default;
        // The span of the upload's moments may have shrunk: a moment of the person must not stay in it.
        foreach (var part in untouched)
            await removal.PassAsync(await lake.OpenPartAsync(standing, part, cancellationToken), cancellationToken);
        if (standing.Auxiliaries.Any(auxiliary => auxiliary.Name == LakeEarlierUpload.RowIndex))
        {
            await revision.WriteAuxiliaryAsync(
                LakeEarlierUpload.RowIndex,
                async (target, token) => await removal.WriteIndexAsync((await lake.OpenAuxiliaryAsync(standing, LakeEarlierUpload.RowIndex, token))!, target, token),
                cancellationToken);
        }

        await revision.CommitAsync((LakeProperties.Of(standing) with { Earliest = removal.Earliest, Latest = removal.Latest }).ToJson(), cancellationToken);
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
