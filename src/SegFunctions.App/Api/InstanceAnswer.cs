using System.Text.Json;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Api;

/// <summary>An orchestration instance, for operators.</summary>
/// <param name="CustomStatus">What the orchestration says of its progress.</param>
/// <param name="Failure">Why it failed.</param>
public sealed record InstanceAnswer(
    string Id, string Name, string Version, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? CompletedAt,
    int Steps, JsonElement? CustomStatus, JsonElement? Input, JsonElement? Output, string? Failure)
{
    internal static InstanceAnswer From(OrchestrationInstance instance) => new(
        instance.InstanceId, instance.Name, instance.Version, instance.Status.ToString().ToLowerInvariant(),
        instance.CreatedOn, instance.UpdatedOn, instance.CompletedOn, instance.Steps,
        instance.CustomStatus, instance.Input, instance.Output, instance.Failure?.Message);
}

/// <summary>Some instances.</summary>
/// <param name="Continuation">Ask again with it for the next page; null after the last one.</param>
public sealed record InstanceList(IReadOnlyList<InstanceAnswer> Instances, string? Continuation);

/// <summary>Why something is asked for.</summary>
public sealed record ReasonRequest(string? Reason);

/// <summary>What became of a request to an instance.</summary>
public sealed record RequestAnswer(string Id, string Outcome);
