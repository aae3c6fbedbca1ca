namespace SegFunctions.Orchestration;

/// <summary>Which instances to list; what is null does not matter.</summary>
public sealed record InstanceFilter
{
    /// <summary>The orchestrator's registered name.</summary>
    public string? Name { get; init; }

    /// <summary>Any of these.</summary>
    public IReadOnlyCollection<OrchestrationStatus>? Statuses { get; init; }

    /// <summary>Scheduled then or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Scheduled before then.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}

/// <param name="Instances">In ordinal order of their ids; without payloads and history.</param>
/// <param name="ContinuationToken">Gets the next page; null when this is the last.</param>
public sealed record InstancePage(IReadOnlyList<OrchestrationInstance> Instances, string? ContinuationToken);
