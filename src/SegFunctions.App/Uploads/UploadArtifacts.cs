using System.Security.Cryptography;
using System.Text.Json;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Uploads;

/// <summary>What intake leaves for people: the quality report of an upload and its refused rows.</summary>
internal sealed class UploadArtifacts(StorageAccount storage)
{
    private readonly BlobContainer _reports = storage.Blobs.GetContainer("reports");
    private readonly BlobContainer _quarantine = storage.Blobs.GetContainer("quarantine");

    public Task WriteReportAsync(string upload, QualityReport report, CancellationToken cancellationToken) => _reports.WriteAsync(
        $"{upload}.json",
        QualityReportJson.Write(report),
        new BlobWriteOptions { ContentType = "application/json" },
        cancellationToken);

    public async Task<QualityReport?> FindReportAsync(string upload, CancellationToken cancellationToken) =>
        await _reports.FindContentAsync($"{upload}.json", cancellationToken) is { } found
            ? QualityReportJson.Read(found.Content)
            : null;

    /// <summary>Writes a report anew, made from the one that stands.</summary>
    /// <returns>The new one.</returns>
    /// <exception cref="InvalidOperationException">There is none, or somebody else wrote it meanwhile: an erasure may have taken values out, which must not come back.</exception>
    public async Task<QualityReport> RewriteReportAsync(string upload, Func<QualityReport, QualityReport> rewrite, CancellationToken cancellationToken)
    {
        var standing = await _reports.FindContentAsync($"{upload}.json", cancellationToken)
            ?? throw new InvalidOperationException($"The report of upload '{upload}' was deleted.");
        var report = rewrite(QualityReportJson.Read(standing.Content));
        try
        {
            await _reports.WriteAsync(
                $"{upload}.json", QualityReportJson.Write(report), new BlobWriteOptions { ContentType = "application/json", IfMatch = standing.ETag }, cancellationToken);
        }
        catch (BlobChangedException changed)
        {
            throw new InvalidOperationException($"The report of upload '{upload}' was written by somebody else meanwhile; the message comes back.", changed);
        }

        return report;
    }

    public Task WriteQuarantineAsync(string upload, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        _quarantine.WriteAsync($"{upload}.csv", write, new BlobWriteOptions { ContentType = "text/csv; charset=utf-8" }, cancellationToken);

    /// <summary>Writes the refused rows of an upload anew, without some of them.</summary>
    /// <param name="rewrite">Gives the rows for those that stand.</param>
    /// <exception cref="InvalidOperationException">They were written by somebody else meanwhile: an erasure may have taken rows out, which must not come back.</exception>
    public async Task RewriteQuarantineAsync(
        string upload, Func<IAsyncEnumerable<QuarantineRow>, IAsyncEnumerable<QuarantineRow>> rewrite, CancellationToken cancellationToken)
    {
        var standing = await _quarantine.FindAsync($"{upload}.csv", cancellationToken);
        var options = new BlobWriteOptions { ContentType = "text/csv; charset=utf-8", IfMatch = standing?.ETag, OnlyIfMissing = standing is null };
        try
        {
            await _quarantine.WriteAsync($"{upload}.csv", (stream, token) => QuarantineFile.WriteAsync(rewrite(StandingAsync()), stream, token), options, cancellationToken);
        }
        catch (Exception changed) when (changed is BlobChangedException or BlobMissingException)
        {
            throw new InvalidOperationException($"The quarantine of upload '{upload}' was written by somebody else meanwhile; the message comes back.", changed);
        }

        async IAsyncEnumerable<QuarantineRow> StandingAsync()
        {
            if (standing is null)
                yield break;
            await using var rows = await _quarantine.OpenReadAsync(standing.Name, standing.ETag, cancellationToken);
            await foreach (var row in QuarantineFile.ReadOwnAsync(rows, cancellationToken))
                yield return row;
        }
    }

    /// <summary>Remembers what a file of corrections settles.</summary>
    /// <param name="corrected">The upload whose rows were refused.</param>
    public Task WriteCorrectionAsync(string corrected, CorrectionNote note, CancellationToken cancellationToken) => _reports.WriteAsync(
        CorrectionsOf(corrected) + note.Upload + ".json",
        JsonSerializer.SerializeToUtf8Bytes(note, AppJson.Default.CorrectionNote),
        new BlobWriteOptions { ContentType = "application/json" },
        cancellationToken);

    /// <summary>All files of corrections of an upload, whether they were taken in to their end or not.</summary>
    public async Task<IReadOnlyList<CorrectionNote>> ListCorrectionsAsync(string corrected, CancellationToken cancellationToken)
    {
        var notes = new List<CorrectionNote>();
        await foreach (var blob in _reports.ListAsync(CorrectionsOf(corrected), cancellationToken))
        {
            if (await _reports.FindContentAsync(blob.Name, cancellationToken) is { } found)
                notes.Add(JsonSerializer.Deserialize(found.Content, AppJson.Default.CorrectionNote)!);
        }

        return notes;
    }

    private static string CorrectionsOf(string upload) => $"corrections/{upload}/";

    /// <summary>Keeps a message that nobody can read; the same message has the same place.</summary>
    /// <returns>Where it lies now.</returns>
    public async Task<string> KeepMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var name = $"messages/{Convert.ToHexStringLower(SHA256.HashData(message.Span).AsSpan(0, 16))}";
        await _quarantine.WriteAsync(name, message, null, cancellationToken);
        return $"{_quarantine.Name}/{name}";
    }

    /// <summary>The refused rows as CSV, or null where there are none.</summary>
    public async Task<Stream?> OpenQuarantineAsync(string upload, CancellationToken cancellationToken)
    {
        try
        {
            return await _quarantine.OpenReadAsync($"{upload}.csv", null, cancellationToken);
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }
}
