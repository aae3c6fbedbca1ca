using SegFunctions.App.Api;
using SegFunctions.App.Memberships;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Refresh;

/// <summary>Runs as people see them: the row of a run, corrected by what its orchestration says of itself.</summary>
internal sealed class RunHistory(RunTable runs, OrchestrationClient orchestrations)
{
    public Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken) => runs.ListAsync(cancellationToken);

    public async Task<(RunRecord Run, RunProgress? Progress)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!RunId.IsValid(id) || await runs.FindAsync(new RunId(id), cancellationToken) is not { } run)
            return null;
        if (run.Status != RunStatus.Running)
            return (run, null);
        var instance = await orchestrations.GetAsync(id, cancellationToken: cancellationToken);
        return (run, instance?.ReadCustomStatus<RunProgress>());
    }
}
