using SegFunctions.App.Hosting.Uploads;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.App.Refresh;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Uploads;

/// <summary>Takes a dropped file into the lake; a repeated message changes nothing.</summary>
/// <remarks>
/// What a killed attempt leaves behind is invisible: rows count from the moment their manifest is there. The manifest comes
/// after report and quarantine, so an upload that is in the lake has both. Files of one dataset settle one after the other
/// under a lease, for each is compared with all that came before.
/// </remarks>
internal sealed partial class UploadIntake(
    StorageAccount storage, UploadTable uploads, UploadArtifacts artifacts, Corrections corrections, Lake lake, Vault vault, CustomerKeyDerivation keys,
    RefreshAfterUpload refreshes, UploadRequests requests, RawFiles rawFiles, TombstoneStore tombstones, ConsentTable consents, TimeProvider time, ILogger<UploadIntake> logger)
{
    /// <summary>Rounds of tries after the first, for a file on which the process died each time.</summary>
    private const int MostRescues = 3;

    private readonly UploadMemory _memory = new();
    private readonly BlobContainer _container = storage.Blobs.GetContainer(UploadQueue.Container);

    /// <summary>Handles the news that a blob was written.</summary>
    /// <param name="isLastTry">After another failure nobody will try again: the upload then says so.</param>
    public async Task ReceiveAsync(ReceivedUpload received, bool isLastTry, CancellationToken cancellationToken)
    {
        var name = received.Name;
        if (received.Container != UploadQueue.Container)
        {
            LogElsewhere(received.Container);
            return;
        }

        if (MappingFiles.IsMapping(name[(name.LastIndexOf('/') + 1)..]))
        {
            await TryAgainAsync(name, isLastTry, cancellationToken);
            return;
        }

        var blob = await _container.FindAsync(name, cancellationToken);
        if (blob is null || Plain(received.ETag) != Plain(blob.ETag))
        {
            // Deleted or written again since: the version that stands has a message of its own.
            LogOutdated();
            await SupersedeAsync(received, cancellationToken);
            return;
        }

        await TakeInAsync(blob, isLastTry, cancellationToken);
    }

    /// <summary>Handles an event whose tries are used up, so that no upload stays in reading for ever.</summary>
    /// <param name="message">The message as it came, to be sent once more.</param>
    /// <remarks>
    /// A try that failed has said so in the upload's row. A row that still reads belongs to a process that died each time:
    /// by a file that is too much for it, or by restarts that the file has nothing to do with.
    /// </remarks>
    public async Task RescueAsync(ReceivedUpload received, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var blob = received.Container == UploadQueue.Container ? await _container.FindAsync(received.Name, cancellationToken) : null;
        if (blob is null || Plain(received.ETag) != Plain(blob.ETag))
            return;
        var upload = await uploads.FindAsync(UploadId.Of(blob), cancellationToken) ?? Begin(blob);
        if (upload.Status != UploadStatus.Reading)
            return;
        if (upload.Rescues < MostRescues)
        {
            await uploads.WriteAsync(upload with { Rescues = upload.Rescues + 1 }, cancellationToken);
            await storage.Queues.GetQueue(UploadQueue.Name).SendAsync(message, TimeSpan.Zero, cancellationToken);
            return;
        }

        await uploads.WriteAsync(
            upload with
            {
                Status = UploadStatus.Failed,
                EndedAt = time.GetUtcNow(),
                Error = $"{blob.Name} could not be taken in: the process died each time that it read the file. Look at its logs and memory around the tries; drop the file again to try once more.",
            },
            cancellationToken);
    }

    private UploadRecord Begin(BlobEntry blob) => new()
    {
        Id = UploadId.Of(blob),
        File = blob.Name,
        ETag = blob.ETag.ToString(),
        Length = blob.Length,
        Status = UploadStatus.Reading,
        UploadedAt = blob.LastModified,
        StartedAt = time.GetUtcNow(),
    };

    private async Task TakeInAsync(BlobEntry blob, bool isLastTry, CancellationToken cancellationToken)
    {
        var id = UploadId.Of(blob);
        var known = await uploads.FindAsync(id, cancellationToken);
        if (known is { Status: UploadStatus.Accepted, EndedAt: { } acceptedAt })
        {
            // The try that took it in may have died before it asked for the refresh. Asking twice starts one run.
            await DropErasedAsync(known, blob, cancellationToken);
            await refreshes.RequestAsync(id, acceptedAt, cancellationToken);
            return;
        }

        if (known is { Status: UploadStatus.Repeated })
        {
            await DropErasedAsync(known, blob, cancellationToken);
            return;
        }

        if (known is { Status: UploadStatus.Rejected })
            return;
        var decision = known is null ? null : await uploads.FindDecisionAsync(id, cancellationToken);
        if (known is { Status: UploadStatus.Held } && decision != UploadDecision.Released)
            return;

        var upload = Begin(blob) with { Rescues = known?.Rescues ?? 0, Decision = decision };
        await uploads.WriteAsync(upload, cancellationToken);
        try
        {
            if (Corrections.TargetOf(blob.Name) is { } corrected)
            {
                upload = await CorrectAsync(upload, blob, corrected, cancellationToken);

                // Rows that were not corrected stand in the file too.
                var holds = await rawFiles.HoldsAsync(blob, await tombstones.ReadAsync(cancellationToken), PersonTraces.None, cancellationToken);
                upload = upload with { HoldsErased = upload.HoldsErased || holds };
            }
            else
            {
                upload = await ReadAsync(upload, blob, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is UnreadableFileException or MappingException)
        {
            upload = upload with
            {
                Status = UploadStatus.Failed,
                Error = await WithHintAsync(fault.Message, blob, cancellationToken),
                HoldsErased = await rawFiles.HoldsAsync(blob, await tombstones.ReadAsync(cancellationToken), PersonTraces.None, cancellationToken),
            };
        }
        catch (Exception replaced) when (replaced is BlobChangedException or BlobMissingException)
        {
            upload = upload with
            {
                Status = UploadStatus.Superseded,
                Error = Replaced(blob.Name),
            };
        }
        catch (Exception fault) when (isLastTry && fault is not OperationCanceledException)
        {
            await uploads.WriteAsync(
                upload with { Status = UploadStatus.Failed, EndedAt = time.GetUtcNow(), Error = $"{blob.Name} could not be taken in after several tries; the log says why. Drop the file again to try once more." },
                cancellationToken);
            throw;
        }

        if (upload is { Status: UploadStatus.Held, HoldsErased: true })
        {
            upload = upload with
            {
                Status = UploadStatus.Failed,
                Error = $"{blob.Name} differs severely from the earlier uploads, and holds people who were erased: it cannot be kept until somebody decides about it. Take them out of the export and drop it again.",
            };
        }

        if (upload is { Status: UploadStatus.Accepted, Dataset: "consents" })
            await consents.ApplyAsync(upload.Id, cancellationToken);
        upload = upload with { EndedAt = time.GetUtcNow() };
        await uploads.WriteAsync(upload, cancellationToken);
        await DropErasedAsync(upload, blob, cancellationToken);
        LogDone(upload.Id, upload.Status, upload.Rows?.Accepted ?? 0);
        if (upload.Status == UploadStatus.Accepted)
            await refreshes.RequestAsync(upload.Id, upload.EndedAt.Value, cancellationToken);
    }

    /// <summary>A file with rows of people who were erased is not kept; it is settled by now, and what else it holds is in the lake.</summary>
    private async Task DropErasedAsync(UploadRecord upload, BlobEntry blob, CancellationToken cancellationToken)
    {
        if (upload.HoldsErased)
            await rawFiles.DeleteAsync(blob, cancellationToken);
    }

    private async Task<UploadRecord> ReadAsync(UploadRecord upload, BlobEntry blob, CancellationToken cancellationToken)
    {
        var erased = await tombstones.ReadAsync(cancellationToken);
        var (request, mappingHash) = await requests.OfAsync(blob, erased, cancellationToken);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var settlement = new UploadSettlement(upload, mappingHash, erased.Count, tombstones, lake, vault, artifacts, uploads, storage.Leases, working);
        return await SettleAsync(upload, request, settlement, working, cancellationToken);
    }

    /// <summary>Says where corrections belong when a file is a quarantine of nobody knows which upload.</summary>
    private async Task<string> WithHintAsync(string fault, BlobEntry blob, CancellationToken cancellationToken)
    {
        if (Corrections.TargetOf(blob.Name) is not null)
            return fault;
        try
        {
            await foreach (var _ in QuarantineFile.ReadAsync(await _container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), blob.Name, cancellationToken))
                break;
        }
        catch (Exception none) when (none is UnreadableFileException or BlobChangedException or BlobMissingException)
        {
            return fault;
        }

        return $"{blob.Name} is a quarantine, but its name does not say of which upload. Drop it as {Corrections.Folder}<id of the upload>.csv to correct refused rows.";
    }

    /// <summary>Takes in the corrected rows of a quarantine that came back.</summary>
    private async Task<UploadRecord> CorrectAsync(UploadRecord upload, BlobEntry blob, string corrected, CancellationToken cancellationToken)
    {
        var name = blob.Name[(blob.Name.LastIndexOf('/') + 1)..];
        // Rows that a file of corrections got wrong again are rows of the original.
        if (await uploads.FindAsync(corrected, cancellationToken) is { Corrects: { } first })
            corrected = first;
        if (await uploads.FindAsync(corrected, cancellationToken) is not { Dataset: not null, Status: UploadStatus.Accepted or UploadStatus.Failed } original
            || await artifacts.FindReportAsync(corrected, cancellationToken) is not { Corrects: null } report)
            throw new UnreadableFileException($"{name}: there is no upload '{corrected}' with refused rows. Corrections lie under {Corrections.Folder}<id of the upload>.csv; GET /api/v1/uploads lists the ids.");
        upload = upload with { Dataset = original.Dataset, Corrects = corrected };
        if (await corrections.IsTakenInAsync(original, upload.Id, cancellationToken) && await artifacts.FindReportAsync(upload.Id, cancellationToken) is { } done)
        {
            // An earlier try got as far as the commit; the original may have been changed already, and is changed to the same again.
            await corrections.ApplyAsync(original, upload.Id, cancellationToken);
            return upload with { Status = UploadStatus.Accepted, Rows = done.Rows };
        }

        var returned = await _container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken);
        var chosen = await corrections.ChooseAsync(original, report, upload.Id, returned, name, cancellationToken);
        if (chosen.Rows.Lines.Count == 0)
        {
            if (chosen.AlreadySettled == 0)
                throw new UnreadableFileException($"{name}: none of its rows is a correction; {chosen.LeftOut(corrected) ?? "it holds no rows."} Change raw or value in quarantine.csv and drop it again.");
            return upload with { Status = UploadStatus.Repeated, RepeatOf = corrected, Error = chosen.LeftOut(corrected) };
        }

        var erased = await tombstones.ReadAsync(cancellationToken);
        var mapping = await requests.MappingOfAsync(original.File, cancellationToken);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var settlement = new CorrectionSettlement(
            upload, original, chosen.Rows, chosen.Settled, corrections, erased.Count, tombstones, lake, vault, artifacts, uploads, storage.Leases, working);
        var request = chosen.Rows.ToRequest(name, mapping, blob.LastModified.UtcDateTime) with { Erased = erased };
        var outcome = await SettleAsync(upload, request, settlement, working, cancellationToken);
        return outcome.Status == UploadStatus.Accepted ? outcome with { Error = chosen.LeftOut(corrected) } : outcome;
    }

    private async Task<UploadRecord> SettleAsync(
        UploadRecord upload, IntakeRequest request, UploadSettlement settlement, CancellationTokenSource working, CancellationToken cancellationToken)
    {
        using var memory = _memory.Take(upload.Length);
        try
        {
            var result = await new IntakeRun(keys, new IntakeOptions { MemoryBudget = memory.Bytes }).RunAsync(request, settlement, settlement.CompareAsync, working.Token);
            return await settlement.EndAsync(result, working.Token);
        }
        catch (OperationCanceledException lost) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The lease on the dataset of upload '{upload.Id}' was lost while its rows were compared; the message comes back.", lost);
        }
    }

    /// <summary>A version whose reading was cut off, and which was replaced before the message came back.</summary>
    private async Task SupersedeAsync(ReceivedUpload received, CancellationToken cancellationToken)
    {
        foreach (var upload in await uploads.ListAsync(cancellationToken))
        {
            if (upload.Status is UploadStatus.Reading or UploadStatus.Held && upload.File == received.Name && upload.ETag.Trim('"') == Plain(received.ETag))
            {
                if (upload.Status == UploadStatus.Reading && await EndTakenInAsync(upload, cancellationToken))
                    continue;
                await uploads.WriteAsync(
                    upload with { Status = UploadStatus.Superseded, EndedAt = time.GetUtcNow(), Error = Replaced(upload.File) }, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Ends an upload whose file is gone, but whose rows an earlier try committed: an erasure deletes the files that held the person, and what else they
    /// held counts.
    /// </summary>
    /// <returns>False where no row of it was committed.</returns>
    private async Task<bool> EndTakenInAsync(UploadRecord upload, CancellationToken cancellationToken)
    {
        foreach (var dataset in DatasetCatalog.All)
        {
            if (await lake.FindAsync(dataset.Name, upload.Id, cancellationToken) is null || await artifacts.FindReportAsync(upload.Id, cancellationToken) is not { } report)
                continue;
            if (report.Corrects is { } corrected && await uploads.FindAsync(corrected, cancellationToken) is { } original)
                await corrections.ApplyAsync(original, upload.Id, cancellationToken);
            if (dataset == DatasetCatalog.Consents)
                await consents.ApplyAsync(upload.Id, cancellationToken);
            var ended = upload with { Status = UploadStatus.Accepted, Dataset = dataset.Name, Rows = report.Rows, Corrects = report.Corrects, EndedAt = time.GetUtcNow() };
            await uploads.WriteAsync(ended, cancellationToken);
            await refreshes.RequestAsync(upload.Id, ended.EndedAt.Value, cancellationToken);
            return true;
        }

        return false;
    }

    private static string Replaced(string file) =>
        $"{file} was replaced or deleted while it was read. The newer version, if there is one, is taken in on its own.";

    /// <summary>A mapping that arrives after its file: what failed without it, or was being read, is taken up again.</summary>
    private async Task TryAgainAsync(string mapping, bool isLastTry, CancellationToken cancellationToken)
    {
        var folder = mapping[..(mapping.LastIndexOf('/') + 1)];
        if (await _container.FindAsync(mapping, cancellationToken) is not { } written)
            return;
        foreach (var upload in await uploads.ListAsync(cancellationToken))
        {
            // A reading that began after the mapping was written has seen it.
            var isWithout = upload.Status == UploadStatus.Failed
                || upload.Status == UploadStatus.Reading && upload.StartedAt <= written.LastModified;
            var isMeant = isWithout
                && upload.File.StartsWith(folder, StringComparison.Ordinal)
                && MappingFiles.NamesFor(upload.File[folder.Length..]).Contains(mapping[folder.Length..], StringComparer.Ordinal);
            if (isMeant && await _container.FindAsync(upload.File, cancellationToken) is { } blob && UploadId.Of(blob) == upload.Id)
                await TakeInAsync(blob, isLastTry, cancellationToken);
        }
    }

    /// <summary>Event Grid writes ETags without their quotes.</summary>
    private static string Plain(Azure.ETag tag) => tag.ToString().Trim('"');

    // File names are people's own words and may name a person; they stay out of the logs.
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "An event about a blob in {Container} was dropped: it lies outside the container of uploads.")]
    private partial void LogElsewhere(string container);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "An event about an upload was dropped: that version is gone.")]
    private partial void LogOutdated();

    [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "Upload {Upload} ended as {Status} with {Accepted} accepted rows.")]
    private partial void LogDone(string upload, UploadStatus status, long accepted);
}
