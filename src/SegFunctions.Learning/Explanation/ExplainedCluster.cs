namespace SegFunctions.Learning.Explanation;

/// <summary>One cluster as people see it.</summary>
public sealed record ExplainedCluster
{
    public required int Label { get; init; }

    /// <summary>Two to four words, in each language different from every other cluster's.</summary>
    public required Bilingual Name { get; init; }

    /// <summary>One sentence: what sets the cluster apart, and how large it is.</summary>
    public required Bilingual Summary { get; init; }

    public required int Size { get; init; }

    /// <summary>Share of all rows, noise included.</summary>
    public required double Share { get; init; }

    /// <summary>The columns of numbers that set the cluster apart, the strongest first.</summary>
    public required IReadOnlyList<NumericTrait> Features { get; init; }

    /// <summary>The categories that set the cluster apart, the strongest first.</summary>
    public required IReadOnlyList<CategoryTrait> Categories { get; init; }

    /// <summary>
    /// The standardised difference in every numeric column of the table, in the order of <see cref="ClusterExplanation.NumericColumns"/>, telling or not;
    /// null where there is none (a constant column, no value in the cluster or outside).
    /// </summary>
    public required IReadOnlyList<double?> Differences { get; init; }

    /// <summary>The rule of the cluster; null when no condition tells it from the others.</summary>
    public required ClusterRule? Rule { get; init; }

    /// <summary>The typical member: the row nearest to the cluster's centre, counted from 0.</summary>
    public required int TypicalRow { get; init; }
}
