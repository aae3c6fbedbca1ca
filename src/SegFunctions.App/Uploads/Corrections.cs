using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Uploads;

/// <summary>Which refused rows of an upload have been corrected since, and what follows for its totals, report and quarantine.</summary>
internal sealed class Corrections(UploadTable uploads, UploadArtifacts artifacts, Lake lake)
{
    /// <summary>Folder of files that correct refused rows: <c>corrections/&lt;id of the upload&gt;.csv</c>.</summary>
    public const string Folder = "corrections/";

    /// <summary>The id of the upload whose refused rows a file corrects, or null for an ordinary file.</summary>
    /// <remarks>Below <c>corrections/</c>, or where the name begins as that of a downloaded quarantine does.</remarks>
    public static string? TargetOf(string blob)
    {
        var name = blob[(blob.LastIndexOf('/') + 1)..];
        return UploadId.In(name) is { } id && (blob.StartsWith(Folder, StringComparison.Ordinal) || name.StartsWith(id + ".quarantine", StringComparison.Ordinal)) ? id : null;
    }

    /// <summary>Whether a file of corrections was taken in to its end, though perhaps not all that shows it.</summary>
    public async Task<bool> IsTakenInAsync(UploadRecord original, string upload, CancellationToken cancellationToken)
    {
        foreach (var note in await artifacts.ListCorrectionsAsync(original.Id, cancellationToken))
        {
            if (note.Upload == upload && note.Lines.Length > 0)
                return await CountsAsync(original, note, cancellationToken);
        }

        return false;
    }

    /// <summary>Lines of an upload that are settled.</summary>
    /// <param name="except">A file of corrections that is left out.</param>
    public async Task<HashSet<long>> SettledAsync(UploadRecord original, string? except, CancellationToken cancellationToken)
    {
        var settled = new HashSet<long>();
        foreach (var note in await artifacts.ListCorrectionsAsync(original.Id, cancellationToken))
        {
            if (note.Upload != except && await CountsAsync(original, note, cancellationToken))
                settled.UnionWith(note.Lines);
        }

        return settled;
    }

    /// <summary>Chooses the rows of a returned quarantine that were corrected and are not settled yet.</summary>
    /// <param name="returned">The file; belongs to the reading.</param>
    /// <exception cref="UnreadableFileException">It is no quarantine of this upload; the message is fit for its sender.</exception>
    public async Task<ChosenCorrections> ChooseAsync(
        UploadRecord original, QualityReport report, string upload, Stream returned, string name, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<long, QuarantineRow>();
        await foreach (var row in QuarantineFile.ReadAsync(returned, name, cancellationToken))
        {
            // Of two answers for one line the later one stands.
            answers[row.Line] = row;
        }

        var settled = await SettledAsync(original, upload, cancellationToken);
        var rows = new CorrectedRows(report);
        var unchanged = 0;
        var settledBefore = answers.Keys.Count(settled.Contains);
        await foreach (var refused in QuarantineAsync(original.Id, cancellationToken))
        {
            if (settled.Contains(refused.Line) || !answers.Remove(refused.Line, out var answer))
                continue;
            if (!rows.Add(refused, answer))
                unchanged++;
        }

        return new ChosenCorrections(rows, settled, settledBefore, unchanged, answers.Keys.Count(line => !settled.Contains(line)));
    }

    /// <summary>Makes totals, report and quarantine of an upload anew from what is settled. Doing it twice changes nothing.</summary>
    /// <param name="latest">The file of corrections whose refused rows show what is wrong with them now.</param>
    public async Task ApplyAsync(UploadRecord original, string latest, CancellationToken cancellationToken)
    {
        var settled = await SettledAsync(original, except: null, cancellationToken);
        var still = new Dictionary<long, QuarantineRow>();
        await foreach (var row in QuarantineAsync(latest, cancellationToken))
            still[row.Line] = row;

        var counts = new RefusalCounts();
        await artifacts.RewriteQuarantineAsync(original.Id, Standing, cancellationToken);
        var report = await artifacts.RewriteReportAsync(original.Id, standing => counts.Corrected(standing, settled.Count), cancellationToken);
        var shown = await uploads.FindAsync(original.Id, cancellationToken) ?? original;
        var isFirstUse = shown.Status == UploadStatus.Failed && settled.Count > 0;
        await uploads.WriteAsync(
            shown with { Rows = report.Rows, Status = isFirstUse ? UploadStatus.Accepted : shown.Status, Error = isFirstUse ? null : shown.Error }, cancellationToken);

        async IAsyncEnumerable<QuarantineRow> Standing(IAsyncEnumerable<QuarantineRow> rows)
        {
            await foreach (var row in rows)
            {
                if (settled.Contains(row.Line))
                    continue;
                var now = still.GetValueOrDefault(row.Line, row);
                counts.Add(now);
                yield return now;
            }
        }
    }

    private async Task<bool> CountsAsync(UploadRecord original, CorrectionNote note, CancellationToken cancellationToken) =>
        note.Accepted == 0 || await lake.FindAsync(original.Dataset!, note.Upload, cancellationToken) is not null;

    private async IAsyncEnumerable<QuarantineRow> QuarantineAsync(string upload, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await artifacts.OpenQuarantineAsync(upload, cancellationToken) is not { } stream)
            yield break;
        await foreach (var row in QuarantineFile.ReadOwnAsync(stream, cancellationToken))
            yield return row;
    }
}

/// <summary>What a returned quarantine holds.</summary>
/// <param name="Rows">Corrected and not settled before.</param>
/// <param name="Settled">Lines of the upload that were settled before.</param>
/// <param name="AlreadySettled">Rows of the file whose lines were settled before.</param>
/// <param name="Unchanged">Rows that came back as they were.</param>
/// <param name="Unknown">Rows whose lines the upload did not refuse.</param>
internal sealed record ChosenCorrections(CorrectedRows Rows, IReadOnlySet<long> Settled, int AlreadySettled, int Unchanged, int Unknown)
{
    /// <summary>What is not taken in, in words; null where all is.</summary>
    public string? LeftOut(string upload)
    {
        var parts = new List<string>();
        if (AlreadySettled > 0)
            parts.Add($"{AlreadySettled} of its rows were corrected before");
        if (Unchanged > 0)
            parts.Add($"{Unchanged} came back as they were refused");
        if (Unknown > 0)
            parts.Add($"{Unknown} name lines that upload '{upload}' did not refuse");
        return parts.Count == 0 ? null : string.Join(", ", parts) + ".";
    }
}
