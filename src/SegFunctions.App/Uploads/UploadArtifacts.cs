using System.Security.Cryptography;
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

    public Task WriteQuarantineAsync(string upload, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        _quarantine.WriteAsync($"{upload}.csv", write, new BlobWriteOptions { ContentType = "text/csv; charset=utf-8" }, cancellationToken);

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
