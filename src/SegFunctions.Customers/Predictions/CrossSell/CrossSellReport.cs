using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>What was tried to tell the next products or categories, how good it is, and what is used.</summary>
public sealed record CrossSellReport
{
    public required ItemLevel Level { get; init; }

    /// <summary><c>related</c> (what goes with a customer's own purchases), <c>popular</c>, or <c>none</c> when there is nothing to propose.</summary>
    public required string Model { get; init; }

    /// <summary>True when related items surely hit more often than popular ones, and so are those proposed.</summary>
    public required bool Published { get; init; }

    /// <summary>Why these are proposed, in words.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>Whether what a customer bought already is proposed again, and why, in words.</summary>
    public Bilingual? RepeatsReason { get; init; }

    /// <summary>Items proposed to a customer: the k of the hit rates.</summary>
    public int Proposed { get; init; }

    /// <summary>Whether what a customer bought already is proposed again.</summary>
    public bool Repeats { get; init; }

    /// <summary>Share of purchases on later order days that repeat an earlier one; null where nobody came back.</summary>
    public double? RepeatShare { get; init; }

    /// <summary>UTC; what was bought from here on was to be told.</summary>
    public DateTime? Origin { get; init; }

    /// <summary>Days after the origin.</summary>
    public int? HorizonDays { get; init; }

    /// <summary>Customers on whom it was measured.</summary>
    public int? Customers { get; init; }

    /// <summary>Share of them who bought at least one of the related items proposed.</summary>
    public double? HitRate { get; init; }

    /// <summary>The same with the most popular items.</summary>
    public double? PopularHitRate { get; init; }

    /// <summary>The time over which counting popularity hit most often: the baseline, and what is served where it is not beaten.</summary>
    public PopularityWindow Popularity { get; init; }

    /// <summary>Hit rate of related items less that of popular ones.</summary>
    public GainInterval? Gain { get; init; }

    /// <summary>Items bought by enough customers.</summary>
    public int Items { get; init; }

    /// <summary>Related items kept, over all items.</summary>
    public int Relations { get; init; }
}

/// <summary>Something to propose to a customer.</summary>
/// <param name="Id">As the files spell it.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Reasons">In words, the weightiest first; never empty.</param>
public sealed record Suggestion(string Id, string Name, IReadOnlyList<Bilingual> Reasons);
