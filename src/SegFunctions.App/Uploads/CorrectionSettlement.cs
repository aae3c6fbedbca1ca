using SegFunctions.App.Privacy;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Leases;

namespace SegFunctions.App.Uploads;

/// <summary>Settles corrected rows: they take the place of their refusals, and the totals of the original still add up.</summary>
/// <remarks>
/// The rows go into the lake as an upload of their own that counts as early as the original. Which lines they settle is written down before the commit and counts once the
/// commit is there; everything shown of the original (totals, report, quarantine) is then made anew from these notes, so that a repeated message
/// comes to the same end wherever the first try stopped.
/// </remarks>
/// <param name="upload">The file of corrections.</param>
/// <param name="rows">Its corrected rows.</param>
/// <param name="settledBefore">Lines that were settled when the rows were chosen.</param>
internal sealed class CorrectionSettlement(
    UploadRecord upload, UploadRecord original, CorrectedRows rows, IReadOnlySet<long> settledBefore, Corrections corrections, int erased, TombstoneStore tombstones, Lake lake, Vault vault, UploadArtifacts artifacts, UploadTable uploads,
    LeaseStore leases, CancellationTokenSource working)
    : UploadSettlement(upload, $"corrections of {original.Id}", erased, tombstones, lake, vault, artifacts, uploads, leases, working)
{
    private readonly UploadRecord _upload = upload;
    private readonly UploadArtifacts _artifacts = artifacts;
    private readonly List<QuarantineRow> _refused = [];

    protected override long Sequence => original.UploadedAt.UtcTicks;

    public override async Task<IReadOnlyList<EarlierUpload>?> CompareAsync(FileDiscovery file, CancellationToken cancellationToken)
    {
        var earlier = await base.CompareAsync(file, cancellationToken);
        if (earlier is not null && !(await corrections.SettledAsync(original, _upload.Id, cancellationToken)).SetEquals(settledBefore))
            throw new InvalidOperationException($"Another file corrected rows of upload '{original.Id}' meanwhile; the message comes back.");
        return earlier;
    }

    public override Task<QualityReport> JudgeAsync(QualityReport report, CancellationToken cancellationToken) =>
        Task.FromResult(report with { Corrects = original.Id });

    public override async Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var lines = rows.OriginalLines();
        using var memory = new MemoryStream();
        await write(memory, cancellationToken);
        memory.Position = 0;
        _refused.Clear();
        await foreach (var row in QuarantineFile.ReadOwnAsync(memory, cancellationToken))
            _refused.Add(row with { Line = lines.GetValueOrDefault(row.Line, row.Line) });
        await base.WriteQuarantineAsync((stream, token) => QuarantineFile.WriteAsync(_refused.ToAsyncEnumerable(), stream, token), cancellationToken);
    }

    public override async Task<UploadRecord> EndAsync(IntakeResult? result, CancellationToken cancellationToken)
    {
        var outcome = await base.EndAsync(result, cancellationToken) with { Corrects = original.Id };
        if (outcome.Status is UploadStatus.Accepted or UploadStatus.Failed)
            await corrections.ApplyAsync(original, _upload.Id, cancellationToken);
        return outcome;
    }

    protected override Task PrepareCommitAsync(QualityReport report, CancellationToken cancellationToken)
    {
        var still = _refused.Select(row => row.Line).ToHashSet();
        return _artifacts.WriteCorrectionAsync(
            original.Id, new CorrectionNote(_upload.Id, report.Rows.Accepted, [.. rows.Lines.Where(line => !still.Contains(line))]), cancellationToken);
    }
}
