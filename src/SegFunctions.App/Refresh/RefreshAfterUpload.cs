using System.Text.Json;
using SegFunctions.App.Memberships;
using SegFunctions.App.Uploads;
using SegFunctions.Storage;

namespace SegFunctions.App.Refresh;

/// <summary>Starts a refresh once uploads have come to rest, so that ten files make one run.</summary>
internal sealed class RefreshAfterUpload(
    StorageAccount storage, RefreshStarter starter, RunHistory history, UploadTable uploads, RefreshOptions options, TimeProvider time)
{
    public const string QueueName = "refresh-requested";

    /// <summary>An upload that says for longer that it is being read was given up: a process died, and its message is in the poison queue.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromHours(1);

    /// <summary>Shortest wait before a request looks again, also where the quiet period is 0.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    /// <summary>Asks for a refresh that reads the upload, after the quiet period. Asking twice makes no second run.</summary>
    public Task RequestAsync(string upload, DateTimeOffset acceptedAt, CancellationToken cancellationToken) => options.AfterUploads
        ? SendAsync(new UploadAccepted(upload, acceptedAt), options.QuietPeriod, cancellationToken)
        : Task.CompletedTask;

    /// <summary>
    /// Starts the refresh, unless a later upload asks for one too or a run has ended that began after this one was
    /// accepted: it has seen the upload, or has failed as another one would at once. While another upload is read or a run
    /// works it asks again: neither may come to a good end.
    /// </summary>
    public async Task HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var accepted = JsonSerializer.Deserialize(message.Span, AppJson.Default.UploadAccepted)
            ?? throw new FormatException("The message holds null.");
        var known = await uploads.ListAsync(cancellationToken);
        if (known.Any(upload => upload.Status == UploadStatus.Accepted && upload.EndedAt > accepted.AcceptedAt))
            return;
        var later = (await history.ListAsync(cancellationToken)).Where(run => run.StartedAt > accepted.AcceptedAt).ToArray();
        if (later.Any(run => run.EndedAt is not null))
            return;

        var now = time.GetUtcNow();
        var isReading = known.Any(upload => upload.Status == UploadStatus.Reading && now - upload.StartedAt < LongestReading);
        if (isReading
            || later.Any(run => run.Status == RunStatus.Running)
            || await starter.StartAsync("upload", null, null, cancellationToken) is RefreshStart.Busy)
        {
            await SendAsync(accepted, options.QuietPeriod > ShortestWait ? options.QuietPeriod : ShortestWait, cancellationToken);
        }
    }

    private Task SendAsync(UploadAccepted accepted, TimeSpan delay, CancellationToken cancellationToken) =>
        storage.Queues.GetQueue(QueueName).SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(accepted, AppJson.Default.UploadAccepted), delay, cancellationToken);
}

/// <summary>Message of <see cref="RefreshAfterUpload.QueueName"/>.</summary>
internal sealed record UploadAccepted(string Upload, DateTimeOffset AcceptedAt);
