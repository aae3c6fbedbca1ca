using System.Security.Cryptography;
using System.Text;
using SegFunctions.App.Privacy;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Drift;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Leases;

namespace SegFunctions.App.Uploads;

/// <summary>From a file that has been read to rows in the lake: compare with what is there, write, commit.</summary>
/// <param name="upload">What is known of the upload so far.</param>
/// <param name="mappingHash">Hash of the mapping that the file was read by; empty without one.</param>
/// <param name="erased">How many people had been erased when the file was read.</param>
/// <param name="working">Cancelled when the lease is lost, for the comparison counts no longer then.</param>
internal class UploadSettlement(
    UploadRecord upload, string mappingHash, int erased, TombstoneStore tombstones, Lake lake, Vault vault, UploadArtifacts artifacts, UploadTable uploads, LeaseStore leases,
    CancellationTokenSource working) : IntakeOutput, IAsyncDisposable
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeaseRetry = TimeSpan.FromMilliseconds(500);
    private Lease? _lease;
    private CancellationTokenRegistration _lost;
    private FileDiscovery? _file;
    private UploadRecord? _outcome;
    private LakeUpload? _writing;
    private readonly Lock _beginning = new();

    /// <summary>The lease under which files of a dataset settle one after the other.</summary>
    public static string LeaseOf(string dataset) => $"intake/{dataset}";

    /// <summary>Uploads count in the order in which their files were written.</summary>
    protected virtual long Sequence => upload.UploadedAt.UtcTicks;

    /// <summary>What the file is compared with: all uploads of its dataset; null where there is nothing to do.</summary>
    public virtual async Task<IReadOnlyList<EarlierUpload>?> CompareAsync(FileDiscovery file, CancellationToken cancellationToken)
    {
        _file = file;
        var dataset = file.Dataset.Name;
        _outcome = upload with { Dataset = dataset, HoldsErased = file.ErasedRows > 0 };
        _lease = await leases.AcquireAsync(LeaseOf(dataset), LeaseDuration, LeaseRetry, cancellationToken);
        _lost = _lease.Lost.Register(working.Cancel);
        if ((await tombstones.ReadAsync(cancellationToken)).Count != erased)
            throw new InvalidOperationException($"Somebody was erased while upload '{upload.Id}' was read; the message comes back and the file is read again.");
        if (await lake.FindAsync(dataset, upload.Id, cancellationToken) is not null)
        {
            // An earlier attempt got as far as the commit: only the upload's own row is missing.
            var report = await artifacts.FindReportAsync(upload.Id, cancellationToken)
                ?? throw new InvalidOperationException($"The report of upload '{upload.Id}' was deleted.");
            _outcome = _outcome! with { Status = UploadStatus.Accepted, Rows = report.Rows };
            await uploads.ClaimContentAsync(Content, upload.Id, cancellationToken);
            return null;
        }

        if (await uploads.FindContentAsync(Content, cancellationToken) is { } first && first != upload.Id)
        {
            _outcome = _outcome! with { Status = UploadStatus.Repeated, RepeatOf = first };
            return null;
        }

        var earlier = await lake.ListAsync(dataset, cancellationToken);
        return [.. earlier.Select(manifest => new LakeEarlierUpload(lake, manifest))];
    }

    /// <summary>Commits what was written.</summary>
    /// <param name="result">Null when <see cref="CompareAsync"/> found nothing to do.</param>
    public virtual async Task<UploadRecord> EndAsync(IntakeResult? result, CancellationToken cancellationToken)
    {
        if (result is null)
            return _outcome!;
        var rows = result.Report.Rows;
        await artifacts.WriteReportAsync(upload.Id, result.Report, cancellationToken);
        if (result.Report.Drift is { IsHeld: true } drift)
        {
            var severe = drift.Findings.Where(finding => finding.Level == DriftLevel.Severe).Select(finding => finding.Message.En);
            return _outcome! with
            {
                Status = UploadStatus.Held,
                Rows = rows,
                Error = $"{upload.File} differs severely from the earlier uploads and waits for a human: {string.Join(" ", severe)} POST /api/v1/uploads/{upload.Id}/release lets it count, …/reject turns it away.",
            };
        }

        await PrepareCommitAsync(result.Report, cancellationToken);
        if (rows.Accepted == 0 && rows.Duplicates == 0)
        {
            return _outcome! with
            {
                Status = UploadStatus.Failed,
                Rows = rows,
                Error = rows.Read == 0
                    ? $"{upload.File} has a header, but no rows."
                    : $"None of the {rows.Read:N0} rows of {upload.File} could be used; the quarantine says why, row by row.",
            };
        }

        if (_writing is not null)
        {
            var properties = new LakeProperties(result.Earliest, result.Latest);
            await _writing.CommitAsync(_file!.Sha256, properties.ToJson(), cancellationToken);
        }

        await uploads.ClaimContentAsync(Content, upload.Id, cancellationToken);
        return _outcome! with { Status = UploadStatus.Accepted, Rows = rows };
    }

    /// <summary>Compares the file with the earlier uploads of its dataset and source.</summary>
    public override async Task<QualityReport> JudgeAsync(QualityReport report, CancellationToken cancellationToken)
    {
        var earlier = new List<QualityReport>();
        foreach (var before in await uploads.ListAsync(cancellationToken))
        {
            if (before.Status != UploadStatus.Accepted || before.Dataset != report.Dataset || before.Id == upload.Id)
                continue;
            if (await artifacts.FindReportAsync(before.Id, cancellationToken) is { Corrects: null } found && found.Source == report.Source)
                earlier.Add(found);
            if (earlier.Count == DriftCheck.MostUploads)
                break;
        }

        return DriftCheck.Attach(report, earlier, isReleased: upload.Decision == UploadDecision.Released);
    }

    public override Task WritePartAsync(
        PartCounts part, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        return Writing(partitions).WritePartAsync(
            part.Partition,
            async (stream, token) =>
            {
                await write(stream, token);
                return part.Rows;
            },
            cancellationToken);
    }

    /// <summary>The one attempt at the lake's upload, which all partitions share.</summary>
    private LakeUpload Writing(int partitions)
    {
        lock (_beginning)
        {
            return _writing ??= lake.Begin(new LakeUploadOptions
            {
                Dataset = _file!.Dataset.Name,
                UploadId = upload.Id,
                Sequence = Sequence,
                Format = "csv",
                Partitions = partitions,
            });
        }
    }

    public override Task WriteIdentifiersAsync(
        int partition, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        vault.WriteAsync($"{_file!.Dataset.Name}/{upload.Id}/part-{partition:000}-of-{partitions:000}.csv", write, null, cancellationToken);

    public override Task WriteRowIndexAsync(int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        Writing(partitions).WriteAuxiliaryAsync(LakeEarlierUpload.RowIndex, write, cancellationToken);

    public override Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        artifacts.WriteQuarantineAsync(upload.Id, write, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _lost.DisposeAsync();
        if (_lease is not null)
            await _lease.DisposeAsync();
    }

    /// <summary>Last work before the commit.</summary>
    protected virtual Task PrepareCommitAsync(QualityReport report, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The same bytes read in the same way: a corrected mapping makes another content of them.</summary>
    private string Content => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{_file!.Sha256}\n{_file.Dataset.Name}\n{mappingHash}")));
}
