using System.Text.Json;
using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Functions;

/// <summary>The engine's triggers, and what operators may do with its instances.</summary>
internal sealed class OrchestrationFunctions(OrchestrationEngine engine, OrchestrationClient client)
{
    private const string StepQueue = "orchestration-steps";
    private const string ActivityQueue = "orchestration-activities";
    private const int DefaultPageSize = 100;

    [Function("OrchestrationStep")]
    public Task StepAsync([QueueTrigger(StepQueue)] ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        engine.HandleStepMessageAsync(message, cancellationToken);

    [Function("OrchestrationActivity")]
    public Task ActivityAsync([QueueTrigger(ActivityQueue)] ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        engine.HandleActivityMessageAsync(message, cancellationToken);

    // A message that the process died of again and again: the activity fails in history instead of never ending.
    [Function("OrchestrationActivityPoison")]
    public Task PoisonedActivityAsync([QueueTrigger(ActivityQueue + "-poison")] ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        engine.HandlePoisonedActivityAsync(message, cancellationToken);

    [Function("OrchestrationStepPoison")]
    public Task PoisonedStepAsync([QueueTrigger(StepQueue + "-poison")] ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        engine.HandlePoisonedStepAsync(message, cancellationToken);

    [Function("RecoverOrchestrations")]
    public Task RecoverAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        engine.RecoverAsync(cancellationToken);

    [Function("ListOrchestrations")]
    [Summary("Orchestration instances, page by page in the order of their ids.")]
    [Query<string>("continuation", "The 'continuation' of the page before.")]
    [Returns<InstanceList>]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/orchestrations")] HttpRequest request, CancellationToken cancellationToken)
    {
        var continuation = request.Query["continuation"].ToString();
        var page = await client.ListAsync(
            new InstanceFilter(), DefaultPageSize, continuation.Length == 0 ? null : continuation, cancellationToken);
        return Answer.Ok(
            request, new InstanceList([.. page.Instances.Select(InstanceAnswer.From)], page.ContinuationToken), AppJson.Default.InstanceList);
    }

    [Function("GetOrchestration")]
    [Summary("One orchestration instance with its input, output or failure.")]
    [Returns<InstanceAnswer>]
    [Returns(404, Description = "There is no such instance.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/orchestrations/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        await client.GetAsync(id, InstanceParts.Payloads, cancellationToken) is { } instance
            ? Answer.Ok(request, InstanceAnswer.From(instance), AppJson.Default.InstanceAnswer)
            : NoSuchInstance(id);

    [Function("TerminateOrchestration")]
    [Summary("Ends an instance at its next step. The body may give a reason.")]
    [Accepts<ReasonRequest>(IsRequired = false)]
    [Returns<RequestAnswer>(202)]
    [Returns(404, Description = "There is no such instance.")]
    [Returns(409, Description = "It has finished already.")]
    public async Task<IResult> TerminateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/orchestrations/{id}/terminate")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Outcome(id, await client.TerminateAsync(id, await ReasonAsync(request, cancellationToken), cancellationToken));

    [Function("RewindOrchestration")]
    [Summary("Lets a failed instance run on from before its first failure.")]
    [Accepts<ReasonRequest>(IsRequired = false)]
    [Returns<RequestAnswer>(202)]
    [Returns(404, Description = "There is no such instance.")]
    [Returns(409, Description = "It has not failed.")]
    public async Task<IResult> RewindAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/orchestrations/{id}/rewind")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Outcome(id, await client.RewindAsync(id, await ReasonAsync(request, cancellationToken), cancellationToken));

    [Function("RaiseOrchestrationEvent")]
    [Summary("Gives an instance an external event; the body is its JSON payload.")]
    [Accepts<JsonElement>(IsRequired = false)]
    [Returns<RequestAnswer>(202)]
    [Returns(404, Description = "There is no such instance.")]
    [Returns(409, Description = "It has finished already.")]
    public async Task<IResult> RaiseEventAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/orchestrations/{id}/events/{name}")] HttpRequest request, string id, string name, CancellationToken cancellationToken)
    {
        JsonElement? payload = HasBody(request)
            ? await request.ReadJsonAsync<JsonElement>(cancellationToken)
            : null;
        return Outcome(id, await client.RaiseEventAsync(id, name, payload, cancellationToken));
    }

    [Function("PurgeOrchestration")]
    [Summary("Deletes a finished instance with its history.")]
    [Returns<RequestAnswer>]
    [Returns(404, Description = "There is no such instance.")]
    [Returns(409, Description = "It is still under way; terminate it first.")]
    public async Task<IResult> PurgeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "v1/orchestrations/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        await client.PurgeAsync(id, cancellationToken) switch
        {
            PurgeResult.Purged => Answer.Ok(request, new RequestAnswer(id, "purged"), AppJson.Default.RequestAnswer),
            PurgeResult.NotFound => NoSuchInstance(id),
            _ => Answer.Conflict($"The instance '{id}' is still under way; terminate it first."),
        };

    private static async Task<string> ReasonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = HasBody(request)
            ? await request.ReadJsonAsync<ReasonRequest>(cancellationToken)
            : null;
        return asked?.Reason ?? "asked for over HTTP, without a reason";
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength is > 0;

    private static IResult Outcome(string id, RequestResult result) => result switch
    {
        RequestResult.Accepted =>
            Answer.Accepted(new RequestAnswer(id, "accepted"), AppJson.Default.RequestAnswer, $"/api/v1/orchestrations/{Uri.EscapeDataString(id)}"),
        RequestResult.NotFound => NoSuchInstance(id),
        RequestResult.Finished => Answer.Conflict($"The instance '{id}' has finished already."),
        _ => Answer.Conflict($"The instance '{id}' has not failed; only a failed one can be rewound."),
    };

    private static IResult NoSuchInstance(string id) =>
        Answer.NotFound($"There is no orchestration instance '{id}'. GET /api/v1/orchestrations lists them.");
}
