using SegFunctions.App.Memberships;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Refresh;

/// <summary>Starts refreshes, one at a time.</summary>
internal sealed class RefreshStarter(
    RunTable runs, OrchestrationClient orchestrations, RefreshOptions options, TimeProvider time)
{
    /// <summary>How long a run may hold the place before its orchestration is there: the two are written one after the other.</summary>
    public static readonly TimeSpan SchedulingGrace = TimeSpan.FromSeconds(30);

    public async Task<RefreshStart> StartAsync(
        string trigger, DateTimeOffset? asOf, int? seed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = RunId.New(now, Guid.NewGuid());
        var place = await runs.TakePlaceAsync(id.Value, IsOverAsync, cancellationToken);
        if (place is RunPlace.Occupied occupied)
            return new RefreshStart.Busy(occupied.RunId);

        var sequence = ((RunPlace.Taken)place).Sequence;
        var input = new RefreshInput(id.Value, sequence, trigger, now, asOf, seed ?? options.Seed);
        await orchestrations.ScheduleNewAsync(
            RefreshOrchestrator.OrchestrationName, input, new ScheduleOptions { InstanceId = id.Value }, cancellationToken);
        // After the orchestration, so that a process that dies in between leaves no run that never ends; the orchestration
        // writes the row as well.
        await runs.AddAsync(RunRecord.Begun(input), cancellationToken);
        return new RefreshStart.Started(id.Value);
    }

    /// <summary>Takes the place of a working run for something else that must not meet one; it gives the place back through <see cref="RunTable.LeavePlaceAsync"/>.</summary>
    /// <param name="holder">Id of the orchestration instance that does it.</param>
    public Task<RunPlace> TakePlaceAsync(string holder, CancellationToken cancellationToken) => runs.TakePlaceAsync(holder, IsOverAsync, cancellationToken);

    /// <summary>Whether a run has ended without giving its place back: terminated, purged, or its start was cut off.</summary>
    private async Task<bool> IsOverAsync(string runId, CancellationToken cancellationToken)
    {
        var instance = await orchestrations.GetAsync(runId, InstanceParts.Summary, cancellationToken);
        if (instance is not null)
            return instance.Status.IsFinished();
        if (!RunId.IsValid(runId))
            return true;
        return time.GetUtcNow() - new RunId(runId).StartedAt > SchedulingGrace;
    }
}
