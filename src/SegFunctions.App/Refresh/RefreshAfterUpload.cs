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

    /// <summary>How long a request rests that cannot be answered yet, where the quiet period is shorter.</summary>
    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(1);

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
        if (known.Any(upload => upload.Status == UploadStatus.Accepted && upload.EndedAt > accepted.AcceptedAt))
            return;

        // Only a run that came to its end has seen the upload for sure: one that works may still fail, or its start was cut
        // off. Nor will an upload that is being read ask by itself, should it turn out to be unusable.
        var history = await runs.ListAsync(cancellationToken);
        if (history.Any(run => run.StartedAt > accepted.AcceptedAt && run.Status == RunStatus.Completed))
            return;
        if (known.Any(upload => upload.Status == UploadStatus.Reading)
            || await starter.StartAsync("upload", null, null, cancellationToken) is RefreshStart.Busy)
        {
            await storage.Queues.GetQueue(QueueName).SendAsync(
                message, options.QuietPeriod > LeastRest ? options.QuietPeriod : LeastRest, cancellationToken);
        }
    }
}

/// <summary>Message of <see cref="RefreshAfterUpload.QueueName"/>.</summary>
internal sealed record UploadAccepted(string Upload, DateTimeOffset AcceptedAt);
