using SegFunctions.App.Api;
using SegFunctions.App.Identity;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Refresh;

/// <summary>One refresh from the lake to the published tables; it survives the loss of its process at any point.</summary>
/// <remarks>
/// Every activity can be repeated: features, models and rows are functions of the plan, and readers see nothing of it
/// until <see cref="RefreshActivities.SwitchRun"/> replaces one row.
/// </remarks>
internal sealed class RefreshOrchestrator : Orchestrator<RefreshInput, RunTotals?>
{
    /// <summary>Name under which instances are scheduled.</summary>
    public const string OrchestrationName = "RefreshSegments";

    /// <summary>Steps beside the partitions, models and groups: plan, resolve identities, prepare, switch, sweep.</summary>
    private const int SingleSteps = 5;

    // Storage that is busy for a minute should not cost a night's run.
    private static readonly RetryPolicy Retry = new(
        maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(2));

    public override async Task<RunTotals?> RunAsync(OrchestrationContext context, RefreshInput input)
    {
        try
        {
            return await RefreshAsync(context, input);
        }
        catch (TaskFailedException failed)
        {
            await context.CallActivityAsync(RefreshActivities.FailRun, new FailedRun(input.RunId, failed.Failure.Message), Retry);
            throw;
        }
    }

    private static async Task<RunTotals?> RefreshAsync(OrchestrationContext context, RefreshInput input)
    {
        context.SetCustomStatus(new RunProgress("planning", 0, SingleSteps));
        var work = await context.CallActivityAsync<PlannedWork>(RefreshActivities.PlanRefresh, input, Retry);
        if (work.Fault is { } fault)
        {
            await context.CallActivityAsync(RefreshActivities.FailRun, new FailedRun(input.RunId, fault), Retry);
            return null;
        }

        var total = SingleSteps + work.Partitions + RefreshTraining.First.Count + RefreshTraining.Second.Count + work.PublishGroups;
        var done = 1;

        context.SetCustomStatus(new RunProgress("resolving identities", done, total));
        await context.CallActivityAsync(IdentityActivities.ResolveIdentities, input.RunId, Retry);
        done++;

        var features = Enumerable.Range(0, work.Partitions)
            .Select(partition => context.CallActivityAsync(RefreshActivities.BuildFeatures, new RunPart(input.RunId, partition), Retry));
        await AllAsync("computing features", features);

        await AllAsync("training", RefreshTraining.First.Select(model => context.CallActivityAsync(model, input.RunId, Retry)));
        await AllAsync("training", RefreshTraining.Second.Select(model => context.CallActivityAsync(model, input.RunId, Retry)));
        context.SetCustomStatus(new RunProgress("preparing", done, total));
        await context.CallActivityAsync(RefreshActivities.PrepareTables, input.RunId, Retry);
        done++;

        var groups = Enumerable.Range(0, work.PublishGroups)
            .Select(group => context.CallActivityAsync<RunTotals>(RefreshActivities.PublishGroup, new RunPart(input.RunId, group), Retry));
        var published = await AllAsync("publishing", groups);
        var totals = RunTotals.Sum(published.Select(task => task.Result));

        context.SetCustomStatus(new RunProgress("switching", done, total));
        await context.CallActivityAsync(RefreshActivities.SwitchRun, new FinishedRun(input.RunId, totals), Retry);
        done++;
        context.SetCustomStatus(new RunProgress("sweeping", done, total));
        await context.CallActivityAsync(IdentityActivities.SweepIdentities, input.RunId, Retry);
        await context.CallActivityAsync(RefreshActivities.SweepRuns, input.RunId, Retry);
        context.SetCustomStatus(new RunProgress("done", total, total));
        return totals;

        // All at once; progress counts those that have ended. The order in which tasks end is part of history.
        async Task<TTask[]> AllAsync<TTask>(string stage, IEnumerable<TTask> started)
            where TTask : Task
        {
            var all = started.ToArray();
            context.SetCustomStatus(new RunProgress(stage, done, total));
            var open = all.ToList<Task>();
            while (open.Count > 0)
            {
                var ended = await Task.WhenAny(open);
                await ended;
                open.Remove(ended);
                done++;
                context.SetCustomStatus(new RunProgress(stage, done, total));
            }

            return all;
        }
    }
}
