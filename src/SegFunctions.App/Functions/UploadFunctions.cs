using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.App.Privacy;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.App.Functions;

/// <summary>Files that were dropped: taking them in, and telling what became of them.</summary>
internal sealed partial class UploadFunctions(
    UploadTable uploads, UploadIntake intake, UploadArtifacts artifacts, HeldUploads held, TombstoneStore tombstones, CustomerKeyDerivation keys, ILogger<UploadFunctions> logger)
{
    /// <summary><c>maxDequeueCount</c> of host.json.</summary>
    private const int MostDeliveries = 5;

    [Function("ReceiveUpload")]
    public async Task ReceiveAsync(
        [QueueTrigger(UploadQueue.Name)] ReadOnlyMemory<byte> message, QueueMessageMetadata delivery, CancellationToken cancellationToken)
    {
        foreach (var received in ReceivedUpload.Read(message))
            await intake.ReceiveAsync(received, isLastTry: delivery.DequeueCount >= MostDeliveries, cancellationToken);
    }

    [Function("ReceiveUploadPoison")]
    public async Task RescueAsync([QueueTrigger(UploadQueue.PoisonName)] ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var received in ReceivedUpload.Read(message))
                await intake.RescueAsync(received, message, cancellationToken);
        }
        catch (FormatException unreadable)
        {
            // In the queue it would come back for ever; and what names somebody who was erased must not be kept.
            if ((await tombstones.ReadAsync(cancellationToken)).AreNamedIn(message.Span, CustomerKeyDerivation.DefaultNamespace, keys))
                LogForgotten(unreadable.Message);
            else
                LogUnreadable(await artifacts.KeepMessageAsync(message, cancellationToken), unreadable.Message);
        }
    }

    [Function("ListUploads")]
    [Summary("All uploads, newest first.")]
    [Returns<UploadList>]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/uploads")] HttpRequest request, CancellationToken cancellationToken)
    {
        var all = await uploads.ListAsync(cancellationToken);
        return Answer.Ok(request, new UploadList([.. all.Select(UploadAnswer.From)]), AppJson.Default.UploadList);
    }

    [Function("GetUpload")]
    [Summary("One upload: its status, its quality report, and where its refused rows are.")]
    [Returns<UploadDetail>]
    [Returns(404, Description = "There is no such upload.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/uploads/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, cancellationToken) is not { } upload)
            return Answer.NotFound(NoSuchUpload(id));
        var report = await artifacts.FindReportAsync(id, cancellationToken);
        var quarantine = report?.Rows.Refused > 0 ? $"/api/v1/uploads/{id}/quarantine" : null;
        return Answer.Ok(request, new UploadDetail(UploadAnswer.From(upload), report, quarantine), AppJson.Default.UploadDetail);
    }

    [Function("GetQuarantine")]
    [Summary("The refused rows of an upload as CSV: line, column, value, rule, severity, message, cure and the row as it was sent.")]
    [Returns(200, ContentType = "text/csv")]
    [Returns(404, Description = "There is no such upload, or none of its rows was refused.")]
    public async Task<IResult> GetQuarantineAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/uploads/{id}/quarantine")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, cancellationToken) is null)
            return Answer.NotFound(NoSuchUpload(id));
        // Intake leaves a file with its header alone where no row was refused.
        var report = await artifacts.FindReportAsync(id, cancellationToken);
        var content = report?.Rows.Refused > 0 ? await artifacts.OpenQuarantineAsync(id, cancellationToken) : null;
        return content is null
            ? Answer.NotFound($"None of the rows of upload '{id}' was refused.")
            : Results.Stream(content, "text/csv; charset=utf-8", $"{id}.quarantine.csv");
    }

    [Function("GetUploadReport")]
    [Summary("The quality report of an upload as a page in Markdown, in the language that Accept-Language asks for (English or French).")]
    [Returns(200, ContentType = "text/markdown")]
    [Returns(404, Description = "There is no such upload, or it was not read to its end.")]
    public async Task<IResult> GetReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/uploads/{id}/report")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, cancellationToken) is null)
            return Answer.NotFound(NoSuchUpload(id));
        return await artifacts.FindReportAsync(id, cancellationToken) is { } report
            ? Results.Text(QualityReportPage.Write(report, RequestLanguage.Of(request)), "text/markdown; charset=utf-8")
            : Answer.NotFound($"Upload '{id}' has no report: it was not read to its end.");
    }

    [Function("ReleaseUpload")]
    [Summary("Lets a held upload count. A repeated call changes nothing.")]
    [Returns<UploadAnswer>(202)]
    [Returns(404, Description = "There is no such upload.")]
    [Returns(409, Description = "The upload is not held, or was rejected before.")]
    public async Task<IResult> ReleaseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/uploads/{id}/release")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var outcome = await held.ReleaseAsync(id, cancellationToken);
        if (outcome.Upload is null)
            return Answer.NotFound(NoSuchUpload(id));
        return outcome.Conflict is { } conflict
            ? Answer.Conflict(conflict)
            : Answer.Accepted(UploadAnswer.From(outcome.Upload), AppJson.Default.UploadAnswer, $"/api/v1/uploads/{id}");
    }

    [Function("RejectUpload")]
    [Summary("Turns a held upload away: nothing of it will count. A repeated call changes nothing.")]
    [Returns<UploadAnswer>]
    [Returns(404, Description = "There is no such upload.")]
    [Returns(409, Description = "The upload is not held, or was released before.")]
    public async Task<IResult> RejectAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/uploads/{id}/reject")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var outcome = await held.RejectAsync(id, cancellationToken);
        if (outcome.Upload is null)
            return Answer.NotFound(NoSuchUpload(id));
        return outcome.Conflict is { } conflict ? Answer.Conflict(conflict) : Answer.Ok(request, UploadAnswer.From(outcome.Upload), AppJson.Default.UploadAnswer);
    }

    [LoggerMessage(EventId = 2011, Level = LogLevel.Error, Message = "A message that is no event of an upload was moved to {Blob} after its last try: {Reason}")]
    private partial void LogUnreadable(string blob, string reason);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Error, Message = "A message that is no event of an upload names somebody who was erased, and was deleted after its last try: {Reason}")]
    private partial void LogForgotten(string reason);

    private static string NoSuchUpload(string id) => $"There is no upload '{id}'. GET /api/v1/uploads lists them.";
}
