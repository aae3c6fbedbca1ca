using SegFunctions.Orchestration.Serialization;

namespace SegFunctions.Orchestration;

/// <summary>The orchestrators and activities of a process, by the names that history and messages carry.</summary>
/// <remarks>Names outlive code: renaming a class is free, renaming its registration loses the instances under way.</remarks>
public sealed class OrchestrationRegistry
{
    private readonly Dictionary<string, OrchestratorRegistration> _orchestrators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityRegistration> _activities = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Orchestrators => _orchestrators.Keys;

    public IReadOnlyCollection<string> Activities => _activities.Keys;

    /// <param name="version">Recorded with each instance at its first step and shown to its code from then on.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public OrchestrationRegistry AddOrchestrator<TInput, TOutput>(
        string name, Func<OrchestrationContext, TInput, Task<TOutput>> run, string version = "1")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(version);
        var registration = new OrchestratorRegistration(
            name,
            version,
            async (context, json) => json.Write(await run(context, context.GetInput<TInput>()!)));
        if (!_orchestrators.TryAdd(name, registration))
            throw new ArgumentException($"An orchestrator named '{name}' is already registered.", nameof(name));
        return this;
    }

    /// <inheritdoc cref="AddOrchestrator{TInput, TOutput}(string, Func{OrchestrationContext, TInput, Task{TOutput}}, string)"/>
    public OrchestrationRegistry AddOrchestrator<TInput, TOutput>(
        string name, Func<Orchestrator<TInput, TOutput>> create, string version = "1")
    {
        ArgumentNullException.ThrowIfNull(create);
        return AddOrchestrator<TInput, TOutput>(name, (context, input) => create().RunAsync(context, input), version);
    }

    /// <exception cref="ArgumentException">The name is taken.</exception>
    public OrchestrationRegistry AddActivity<TInput, TOutput>(
        string name, Func<ActivityContext, TInput, CancellationToken, Task<TOutput>> run)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(run);
        var registration = new ActivityRegistration(
            name,
            async (context, input, json, cancellationToken) =>
                json.Write(await run(context, json.Read<TInput>(input)!, cancellationToken)));
        if (!_activities.TryAdd(name, registration))
            throw new ArgumentException($"An activity named '{name}' is already registered.", nameof(name));
        return this;
    }

    /// <inheritdoc cref="AddActivity{TInput, TOutput}(string, Func{ActivityContext, TInput, CancellationToken, Task{TOutput}})"/>
    public OrchestrationRegistry AddActivity<TInput, TOutput>(string name, Func<Activity<TInput, TOutput>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return AddActivity<TInput, TOutput>(
            name, (context, input, cancellationToken) => create().RunAsync(context, input, cancellationToken));
    }

    internal OrchestratorRegistration? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    internal ActivityRegistration? FindActivity(string name) => _activities.GetValueOrDefault(name);
}

/// <param name="Run">Runs the orchestrator on the context's input and returns its output as JSON.</param>
internal sealed record OrchestratorRegistration(
    string Name, string Version, Func<OrchestrationContext, PayloadSerializer, Task<byte[]>> Run);

/// <param name="Run">Runs the activity on an input in JSON and returns its output as JSON.</param>
internal sealed record ActivityRegistration(
    string Name, Func<ActivityContext, ReadOnlyMemory<byte>, PayloadSerializer, CancellationToken, Task<byte[]>> Run);
