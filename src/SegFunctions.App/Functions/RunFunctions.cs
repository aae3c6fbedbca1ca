using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Memberships;
using SegFunctions.App.Refresh;

namespace SegFunctions.App.Functions;

/// <summary>Refreshes: started by hand, by night and after uploads, and what became of them.</summary>
internal sealed partial class RunFunctions(RefreshStarter starter, RefreshAfterUpload afterUpload, RunHistory history, ILogger<RunFunctions> logger)
{
    [Function("StartRun")]
    [Summary("Starts a refresh. Only one works at a time; while it does, the answer is 409 with its address.")]
    [Accepts<RunRequest>(IsRequired = false)]
    [Returns<RunStarted>(202)]
    [Returns(409, Description = "A run is working already.")]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/runs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = request.ContentLength is null or 0
            ? new RunRequest(null, null)
            : await request.ReadJsonAsync<RunRequest>(cancellationToken);
        return await starter.StartAsync("http", asked.AsOf, asked.Seed, cancellationToken) switch
        {
            RefreshStart.Started started =>
                Answer.Accepted(new RunStarted(started.RunId, Location(started.RunId)), AppJson.Default.RunStarted, Location(started.RunId)),
            RefreshStart.Busy busy when !RunId.IsValid(busy.RunId) =>
                Answer.Conflict("A person is being erased, and no refresh works meanwhile. One starts by itself when it is done."),
            RefreshStart.Busy busy => Answer.Conflict($"Run {busy.RunId} is working: see {Location(busy.RunId)}."),
            var other => throw new InvalidOperationException($"Unexpected outcome {other}."),
        };
    }

    [Function("ListRuns")]
    [Summary("All refreshes, newest first.")]
    [Returns<RunList>]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/runs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var language = RequestLanguage.Of(request);
        var runs = await history.ListAsync(cancellationToken);
        return Answer.Ok(request, new RunList([.. runs.Select(run => RunAnswer.From(run, null, language))]), AppJson.Default.RunList);
    }

    [Function("GetRun")]
    [Summary("One refresh: how far it is, or what it came to.")]
    [Returns<RunAnswer>]
    [Returns(404, Description = "There is no such run.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/runs/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        return await history.FindAsync(id, cancellationToken) is { } found
            ? Answer.Ok(request, RunAnswer.From(found.Run, found.Progress, RequestLanguage.Of(request)), AppJson.Default.RunAnswer)
            : Answer.NotFound($"There is no run '{id}'. GET /api/v1/runs lists them.");
    }

    [Function("NightlyRefresh")]
    public async Task NightlyAsync([TimerTrigger("0 0 3 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (await starter.StartAsync("timer", null, null, cancellationToken) is RefreshStart.Busy busy)
            LogBusy(busy.RunId);
    }

    [Function("RefreshAfterUpload")]
    public Task RefreshAfterUploadAsync(
        [QueueTrigger(RefreshAfterUpload.QueueName)] ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        afterUpload.HandleAsync(message, cancellationToken);

    private static string Location(string run) => $"/api/v1/runs/{run}";

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "The nightly refresh was not started: run {RunId} is working.")]
    private partial void LogBusy(string runId);
}
