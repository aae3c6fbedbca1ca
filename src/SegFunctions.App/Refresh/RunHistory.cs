using System.Text.Json;
using SegFunctions.App.Api;
using SegFunctions.App.Memberships;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Refresh;

/// <summary>Runs as people see them: the row of a run, corrected by what its orchestration says of itself.</summary>
internal sealed class RunHistory(RunTable runs, OrchestrationClient orchestrations, TimeProvider time)
{
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var listed = await runs.ListAsync(cancellationToken);
        var shown = new RunRecord[listed.Count];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = (await CorrectAsync(listed[i], cancellationToken)).Run;
        return shown;
    }

    public async Task<(RunRecord Run, RunProgress? Progress)?> FindAsync(string id, CancellationToken cancellationToken) =>
        RunId.IsValid(id) && await runs.FindAsync(new RunId(id), cancellationToken) is { } run
            ? await CorrectAsync(run, cancellationToken)
            : null;

    /// <summary>A terminated or failed orchestration writes no end into its run's row.</summary>
    private async Task<(RunRecord Run, RunProgress? Progress)> CorrectAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (run.Status != RunStatus.Running)
            return (run, null);
        var instance = await orchestrations.GetAsync(run.Id, InstanceParts.Payloads, cancellationToken);
        return instance?.Status switch
        {
            null when time.GetUtcNow() - run.StartedAt > RefreshStarter.SchedulingGrace =>
                (run with { Status = RunStatus.Failed, Error = "The run was cut off while it was started. Start another run." }, null),
            OrchestrationStatus.Terminated => (run with { Status = RunStatus.Terminated, EndedAt = instance.CompletedOn, Error = instance.Output?.ToString() }, null),
            OrchestrationStatus.Failed => (run with { Status = RunStatus.Failed, EndedAt = instance.CompletedOn, Error = instance.Failure?.Message }, null),
            _ => (run, instance?.CustomStatus?.Deserialize(AppJson.Default.RunProgress)),
        };
    }
}
