using System.Text.Json;

namespace SegFunctions.App.Refresh;

/// <summary>The plans of runs, beside their features.</summary>
internal sealed class RefreshPlans(FeatureStore features)
{
    private const string File = "plan.json";

    /// <summary>The plan of a run that has one.</summary>
    public async Task<RefreshPlan?> FindAsync(string run, CancellationToken cancellationToken) =>
        await features.FindFileAsync(run, File, cancellationToken) is { } json ? Read(run, json) : null;

    public async Task<RefreshPlan> ReadAsync(string run, CancellationToken cancellationToken) =>
        Read(run, await features.ReadFileAsync(run, File, cancellationToken));

    /// <summary>Writes the plan, unless there is one: a step that is repeated late must not cut the work in another way, nor read other uploads.</summary>
    /// <returns>The plan that stands.</returns>
    public async Task<RefreshPlan> DecideAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        var run = plan.Input.RunId;
        await features.WriteFileOnceAsync(run, File, JsonSerializer.SerializeToUtf8Bytes(plan, AppJson.Default.RefreshPlan), cancellationToken);
        return await ReadAsync(run, cancellationToken);
    }

    private static RefreshPlan Read(string run, byte[] json) =>
        JsonSerializer.Deserialize(json, AppJson.Default.RefreshPlan)
            ?? throw new InvalidDataException($"features/{run}/{File} holds null.");
}
