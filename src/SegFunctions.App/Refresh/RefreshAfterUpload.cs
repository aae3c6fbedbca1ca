using System.Text.Json;
using SegFunctions.App.Memberships;
using SegFunctions.App.Uploads;
using SegFunctions.Storage;

namespace SegFunctions.App.Refresh;

/// <summary>Starts a refresh once uploads have come to rest, so that ten files make one run.</summary>
internal sealed class RefreshAfterUpload(
    StorageAccount storage, RefreshStarter starter, RunTable runs, UploadTable uploads, RefreshOptions options)
{
    public const string QueueName = "refresh-requested";

    /// <summary>Asks for a refresh that reads the upload, after the quiet period.</summary>
    public Task RequestAsync(string upload, DateTimeOffset acceptedAt, CancellationToken cancellationToken)
    {
        if (!options.AfterUploads)
            return Task.CompletedTask;
        var request = JsonSerializer.SerializeToUtf8Bytes(new UploadAccepted(upload, acceptedAt), AppJson.Default.UploadAccepted);
        return storage.Queues.GetQueue(QueueName).SendAsync(request, options.QuietPeriod, cancellationToken);
    }

    /// <summary>Starts the refresh, unless another upload is still being read or a later run has seen this one.</summary>
    public async Task HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var accepted = JsonSerializer.Deserialize(message.Span, AppJson.Default.UploadAccepted)
            ?? throw new FormatException("The message holds null.");
        var known = await uploads.ListAsync(cancellationToken);
        var laterRequestComes = known.Any(upload =>
            upload.Status == UploadStatus.Reading
            || upload.Status == UploadStatus.Accepted && upload.EndedAt > accepted.AcceptedAt);
        if (laterRequestComes)
            return;

        var history = await runs.ListAsync(cancellationToken);
        if (history.Any(run => run.StartedAt > accepted.AcceptedAt && run.Status is (RunStatus.Running or RunStatus.Completed)))
            return;
        if (await starter.StartAsync("upload", null, null, cancellationToken) is RefreshStart.Busy)
            await RequestAsync(accepted.Upload, accepted.AcceptedAt, cancellationToken);
    }
}

/// <summary>Message of <see cref="RefreshAfterUpload.QueueName"/>.</summary>
internal sealed record UploadAccepted(string Upload, DateTimeOffset AcceptedAt);
