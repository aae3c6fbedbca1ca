using SegFunctions.Customers.Segments;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Migration;

/// <summary>Where customers go from each segment in one interval, and how sure that is.</summary>
public sealed record MigrationReport
{
    /// <summary>What was compared, in words; without an interval, why nothing is told.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Days between the two looks at a customer; null when the history is too short.</summary>
    public int? IntervalDays { get; init; }

    /// <summary>One for each kind of segments that every customer is in one of.</summary>
    public IReadOnlyList<KindMigration> Kinds { get; init; } = [];
}

/// <summary>Where customers go between the segments of one kind.</summary>
public sealed record KindMigration
{
    public required SegmentKind Kind { get; init; }

    /// <summary>True when the probabilities are surely better than the rule of staying; else they are that rule's.</summary>
    public required bool Published { get; init; }

    /// <summary>Why, in words.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Customers of the newest interval, on whom it was measured.</summary>
    public long Customers { get; init; }

    /// <summary>Share of them who stayed in their segment.</summary>
    public double? Stayed { get; init; }

    /// <summary>Log-loss of the probabilities on the newest interval, learned on the one before; in nats.</summary>
    public double? LogLoss { get; init; }

    /// <summary>The same of the rule of staying.</summary>
    public double? StayingLogLoss { get; init; }

    /// <summary>Log-loss of the rule less that of the probabilities, a customer.</summary>
    public GainInterval? Gain { get; init; }

    /// <summary>Customers that the rule counts for in each segment's row.</summary>
    public double? Strength { get; init; }

    /// <summary>One for each segment.</summary>
    public IReadOnlyList<SegmentMoves> Segments { get; init; } = [];
}

/// <summary>Where the customers of one segment go.</summary>
/// <param name="From">Id of the segment.</param>
/// <param name="Customers">Customers who were in it at the begin of either interval.</param>
/// <param name="To">The likeliest first; what is below half a percent is left out.</param>
public sealed record SegmentMoves(string From, long Customers, IReadOnlyList<SegmentMove> To);

/// <param name="Segment">Id.</param>
/// <param name="Probability">4 decimals.</param>
public sealed record SegmentMove(string Segment, double Probability);
