using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Retention;
using SegFunctions.Storage;

namespace SegFunctions.App.Functions;

/// <summary>Whether the app can do its work, for load balancers and operators.</summary>
internal sealed class HealthFunctions(StorageAccount storage, CurrentRunReader current, VaultRotation vault, RetentionOptions retention, ServingClock clock)
{
    [Function("GetHealth")]
    [Summary("200 when storage answers, 503 when it does not; says which run is served. Needs no key.")]
    [Returns<HealthAnswer>]
    [Returns(503, Description = "Storage does not answer.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var reach = await storage.ProbeAsync(cancellationToken);
        if (!reach.IsReachable)
            return Answer.Unavailable("Storage does not answer.");
        var run = await current.ReadAsync(cancellationToken);
        var stamp = run is null ? null : clock.Stamp(run, RequestLanguage.Of(request));
        return Answer.Ok(request, new HealthAnswer("ok", stamp, VaultAnswer.From(await vault.StateAsync(cancellationToken)), RetentionAnswer.From(retention)), AppJson.Default.HealthAnswer);
    }
}
