using SegFunctions.App.Identity;
using SegFunctions.App.Refresh;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Memberships;

/// <summary>What is known of a run: while it works, and after it has ended.</summary>
internal sealed record RunRecord
{
    public required string Id { get; init; }

    /// <summary>0 until the run has begun to work.</summary>
    public long Sequence { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>What asked for the run: <c>http</c>, <c>timer</c>, <c>upload</c>.</summary>
    public required string Trigger { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public Bilingual? AsOfReason { get; init; }

    public int? Seed { get; init; }

    public int? Customers { get; init; }

    /// <summary>Who is one person or company.</summary>
    public IdentityReport? Identity { get; init; }

    public long? OrderLines { get; init; }

    /// <summary>Rows of <c>Memberships</c> and <c>SegmentMembers</c> that this run had to write.</summary>
    public long? RowsWritten { get; init; }

    /// <summary>How the clusters were chosen, in words.</summary>
    public Bilingual? Clustering { get; init; }

    /// <summary>Clusters that came, went, split or merged since the run before, one sentence each.</summary>
    public IReadOnlyList<Bilingual>? ClusterChanges { get; init; }

    public ChurnReport? Churn { get; init; }

    /// <summary>Orders and value to come, and the next order day.</summary>
    public ValueReport? Lifetime { get; init; }

    public CrossSellReport? NextProducts { get; init; }

    public CrossSellReport? NextCategories { get; init; }

    /// <summary>Without the moves of each segment, which stand with the segments.</summary>
    public MigrationReport? Migration { get; init; }

    /// <summary>Why the run failed.</summary>
    public string? Error { get; init; }

    /// <summary>A run that has just been started.</summary>
    public static RunRecord Begun(RefreshInput input) => new()
    {
        Id = input.RunId,
        Sequence = input.Sequence,
        Status = RunStatus.Running,
        Trigger = input.Trigger,
        StartedAt = input.StartedAt,
        Seed = input.Seed,
    };
}
