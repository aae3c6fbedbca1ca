using SegFunctions.App.Hosting.Uploads;
using SegFunctions.Storage;

namespace SegFunctions.App.Uploads;

/// <summary>Decides about uploads that are held for a human.</summary>
/// <remarks>
/// The decision is one row that is written once: of two people who decide at the same time, one wins, and a repeated call finds what stands. What follows from it can be
/// repeated: a released file is announced to intake again. It is announced before the row as well, with a delay, so that a process that dies
/// right after the row leaves nothing waiting; intake does nothing with a held file that nobody released.
/// </remarks>
internal sealed class HeldUploads(StorageAccount storage, UploadTable uploads, TimeProvider time)
{
    /// <summary>Longer than it takes to write a row.</summary>
    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <summary>Lets a held upload count.</summary>
    /// <returns>The upload as it stands, or why it cannot be done.</returns>
    public Task<HeldOutcome> ReleaseAsync(string id, CancellationToken cancellationToken) => DecideAsync(id, UploadDecision.Released, cancellationToken);

    /// <summary>Turns a held upload away for good.</summary>
    /// <returns>The upload as it stands, or why it cannot be done.</returns>
    public Task<HeldOutcome> RejectAsync(string id, CancellationToken cancellationToken) => DecideAsync(id, UploadDecision.Rejected, cancellationToken);

    private async Task<HeldOutcome> DecideAsync(string id, UploadDecision wanted, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, cancellationToken) is not { } upload)
            return new HeldOutcome(null, null);
        var decided = await uploads.FindDecisionAsync(id, cancellationToken);
        if (decided is null)
        {
            if (upload.Status != UploadStatus.Held)
                return new HeldOutcome(upload, $"Upload '{id}' is not held; its status is {upload.Status.ToString().ToLowerInvariant()}.");
            if (wanted == UploadDecision.Released)
                await AnnounceAsync(upload, SafetyDelay, cancellationToken);
            decided = await uploads.DecideAsync(id, wanted, cancellationToken);
        }

        if (decided != wanted)
            return new HeldOutcome(upload, $"Upload '{id}' was {decided.ToString()!.ToLowerInvariant()} before. Drop the file again to decide anew.");
        if (upload.Status != UploadStatus.Held)
            return new HeldOutcome(upload, null);
        if (wanted == UploadDecision.Released)
        {
            await AnnounceAsync(upload, TimeSpan.Zero, cancellationToken);
            return new HeldOutcome(upload with { Decision = wanted }, null);
        }

        upload = upload with
        {
            Status = UploadStatus.Rejected,
            Decision = wanted,
            EndedAt = time.GetUtcNow(),
            Error = $"{upload.File} was held for its differences from the earlier uploads, and was rejected. Nothing of it counts.",
        };
        await uploads.WriteAsync(upload, cancellationToken);
        return new HeldOutcome(upload, null);
    }

    /// <summary>Tells intake of the file as if it had just been dropped. A file that is gone or was replaced needs no telling.</summary>
    private async Task AnnounceAsync(UploadRecord upload, TimeSpan delay, CancellationToken cancellationToken)
    {
        var container = storage.Blobs.GetContainer(UploadQueue.Container);
        if (await container.FindAsync(upload.File, cancellationToken) is { } blob && UploadId.Of(blob) == upload.Id)
            await storage.Queues.GetQueue(UploadQueue.Name).SendAsync(BlobCreatedEvent.Write(container, blob), delay, cancellationToken);
    }
}

/// <summary>What became of a decision.</summary>
/// <param name="Upload">Null: there is no such upload.</param>
/// <param name="Conflict">Why it could not be done; null when it was.</param>
internal sealed record HeldOutcome(UploadRecord? Upload, string? Conflict);
