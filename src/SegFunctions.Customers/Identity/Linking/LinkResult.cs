using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Identity.Linking;

/// <summary>Which records are one, how surely, and what was left to humans.</summary>
public sealed record LinkResult
{
    /// <summary>For each row the number of its cluster, in order of first appearance.</summary>
    public required int[] Clusters { get; init; }

    /// <summary>For each row how surely it belongs to its cluster: the mean probability of its pairs with the other members; 1 for one alone.</summary>
    public required double[] Probabilities { get; init; }

    public required int ClusterCount { get; init; }

    /// <summary>Pairs whose probability is at least the threshold and that stand in one cluster, by row.</summary>
    public required IReadOnlyList<Link> Links { get; init; }

    /// <summary>Pairs that wait for a human, the most probable first.</summary>
    public required IReadOnlyList<ReviewPair> Review { get; init; }

    /// <summary>Pairs for review beyond those listed.</summary>
    public required int ReviewsUnlisted { get; init; }

    /// <summary>Clusters too large to be one; their records are left alone.</summary>
    public required IReadOnlyList<RefusedCluster> Refused { get; init; }

    /// <summary>Values on too many records, which link nobody.</summary>
    public required IReadOnlyList<BlockedValue> Blocked { get; init; }

    public required LinkFigures Figures { get; init; }
}

/// <summary>Two records that are one.</summary>
/// <param name="Left">The earlier row.</param>
/// <param name="Bits">Log₂ of the odds.</param>
/// <param name="Decided">By a human.</param>
public readonly record struct Link(int Left, int Right, double Probability, double Bits, bool Decided = false);

/// <summary>Two records that may be one; <see cref="IdentityIndex.Explain"/> tells why.</summary>
public readonly record struct ReviewPair(int Left, int Right, double Probability, double Bits, ReviewReason Reason);

/// <summary>Why a pair waits for a human.</summary>
public enum ReviewReason : byte
{
    /// <summary>Its probability lies between the thresholds.</summary>
    Uncertain,

    /// <summary>Probable, but it would join two groups whose other records do not agree: a weak bridge.</summary>
    WeakBridge,

    /// <summary>Probable, but a decision keeps members of the two groups apart.</summary>
    DecidedApart,

    /// <summary>Its cluster would be too large.</summary>
    TooLarge,
}

/// <param name="Rows">Its records, by row.</param>
public sealed record RefusedCluster(IReadOnlyList<int> Rows);

/// <param name="Column">The column the value stands in.</param>
/// <param name="Records">How many records bear it.</param>
/// <param name="Row">The first of them: the value itself is personal and not told.</param>
public sealed record BlockedValue(string Column, int Records, int Row, Bilingual Reason);

/// <summary>Figures of a run.</summary>
/// <param name="Candidates">Pairs compared.</param>
/// <param name="ExpectedPrecision">Share of the applied links that are right, by the model's own probabilities.</param>
/// <param name="ExpectedMatches">Pairs of one person among those compared, by the model.</param>
public sealed record LinkFigures(long Candidates, int Links, double ExpectedPrecision, double ExpectedMatches);
