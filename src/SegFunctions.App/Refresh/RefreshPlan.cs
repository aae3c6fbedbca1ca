using System.Text.Json.Serialization;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;

namespace SegFunctions.App.Refresh;

/// <summary>What a run has decided before it begins: which data it reads, as of when, and how the work is cut.</summary>
/// <remarks>Written once as <c>features/&lt;run&gt;/plan.json</c>; activities read it there (<see cref="RefreshPlans"/>) rather than from their input.</remarks>
internal sealed record RefreshPlan
{
    public required RefreshInput Input { get; init; }

    /// <summary>Number of the run that readers see while this one works; 0 before the first.</summary>
    public required long Seen { get; init; }

    /// <summary>That run's id; null before the first. Its clusters keep their numbers and names where they are found again.</summary>
    public string? SeenRun { get; init; }

    public required AsOf AsOf { get; init; }

    /// <summary>Horizon and origins of the churn prediction.</summary>
    public required ChurnPlan Churn { get; init; }

    /// <summary>UTC instants, two horizons and one before the as-of date, at which customers are looked at too: who moves between segments is learned there.</summary>
    [JsonIgnore]
    public IReadOnlyList<DateTime> Looks => Churn.HorizonDays is { } days ? [AsOf.Instant.AddDays(-2 * days), AsOf.Instant.AddDays(-days)] : [];

    /// <summary>Ids of the uploads whose orders are read, in upload order.</summary>
    public required IReadOnlyList<string> Uploads { get; init; }

    /// <summary>Ids of the uploads of events that tell of contracts, in upload order; empty where leaving is silence.</summary>
    public IReadOnlyList<string> ContractUploads { get; init; } = [];

    /// <summary>Ids of the uploads of messages and of customer records, which tell whom not to write to.</summary>
    public IReadOnlyList<string> MessageUploads { get; init; } = [];

    public IReadOnlyList<string> RecordUploads { get; init; } = [];

    /// <summary>Order lines in the uploads of orders.</summary>
    public required long OrderLines { get; init; }

    /// <summary>Feature partitions, a power of two from 1 to 256, by prefix of the customer key.</summary>
    public required int Partitions { get; init; }

    /// <summary>Cuts of the publishing, a power of two from <see cref="Partitions"/> to 256.</summary>
    public required int PublishGroups { get; init; }
}

/// <summary>The little of a plan that the orchestration needs to steer by.</summary>
/// <param name="Fault">Why there is nothing to refresh; null when there is.</param>
internal sealed record PlannedWork(int Partitions, int PublishGroups, string? Fault);
