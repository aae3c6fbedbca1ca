namespace SegFunctions.Orchestration;

/// <summary>An orchestrator as a class; a new object is made for every step, so fields do not last.</summary>
/// <remarks>The rules for its code are those of <see cref="OrchestrationContext"/>.</remarks>
public abstract class Orchestrator<TInput, TOutput>
{
    public abstract Task<TOutput> RunAsync(OrchestrationContext context, TInput input);
}
