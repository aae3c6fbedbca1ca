using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Memberships;
using SegFunctions.App.Refresh;
using SegFunctions.Orchestration;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Queues;

namespace SegFunctions.App.Functions;

/// <summary>Takes away what nobody can need any more, once a day.</summary>
internal sealed partial class HousekeepingFunctions(
    StorageAccount storage, Lake lake, ModelStore models, RunTable runs, OrchestrationClient orchestrations, TimeProvider time,
    ILogger<HousekeepingFunctions> logger)
{
    /// <summary>Longer than any intake takes: what an attempt has written and not committed by then is left over.</summary>
    private static readonly TimeSpan AbandonedAttempt = TimeSpan.FromDays(7);

    /// <summary>How long operators can look back at how a run went.</summary>
    private static readonly TimeSpan RunHistory = TimeSpan.FromDays(30);

    [Function("Housekeeping")]
    public async Task SweepAsync([TimerTrigger("0 30 4 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var claims = await storage.Claims.SweepAsync(ClaimCheck.LongestLife, cancellationToken);
        var parts = await lake.SweepAsync(AbandonedAttempt, cancellationToken);
        var oldest = time.GetUtcNow() - RunHistory;
        var instances = await orchestrations.PurgeAsync(oldest, statuses: null, cancellationToken);
        var current = await runs.FindCurrentAsync(cancellationToken);
        var versions = await models.SweepAsync(oldest, current?.RunId, cancellationToken);
        LogSwept(claims, parts, instances, versions);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information,
        Message = "Swept {Claims} claimed payloads, {Parts} blobs of abandoned intakes, {Instances} old orchestrations and {Models} blobs of old models.")]
    private partial void LogSwept(int claims, int parts, int instances, int models);
}
