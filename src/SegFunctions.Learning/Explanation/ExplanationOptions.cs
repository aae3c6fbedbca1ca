namespace SegFunctions.Learning.Explanation;

/// <summary>How clusters are explained.</summary>
public sealed record ExplanationOptions
{
    /// <summary>Of every interval; above 0 and below 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Conditions a rule has at most: the depth of its tree, 1 to 6.</summary>
    public int RuleDepth { get; init; } = 3;

    /// <summary>How much F1 the thresholds of a rule may lose, all together, for being round numbers. 0 to 1.</summary>
    public double RoundingLoss { get; init; } = 0.01;

    /// <summary>Columns with a moment skewness beyond this, either side, are compared on a logarithmic scale (<see cref="NumericTrait"/>).</summary>
    public double SkewnessForLogScale { get; init; } = 1;

    public NamingVocabulary Vocabulary { get; init; } = NamingVocabulary.Generic;

    /// <summary>Names that clusters (by label) keep from a former run, see <c>ClusterMatch.KeptNames</c>.</summary>
    public IReadOnlyDictionary<int, Bilingual> KeptNames { get; init; } = new Dictionary<int, Bilingual>();

    /// <summary>Further names that no cluster may take.</summary>
    public IReadOnlyList<Bilingual> TakenNames { get; init; } = [];

    /// <summary>The rows as they were clustered, for the typical members; null to take them from the table's own columns.</summary>
    public Matrix? Prepared { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate(int rows)
    {
        var faults = new List<string>();
        if (!(Confidence > 0 && Confidence < 1))
            faults.Add($"Confidence is {Confidence}; it must be above 0 and below 1.");
        if (RuleDepth is < 1 or > 6)
            faults.Add($"RuleDepth is {RuleDepth}; it must be from 1 to 6.");
        if (!(RoundingLoss >= 0 && RoundingLoss <= 1))
            faults.Add($"RoundingLoss is {RoundingLoss}; it must be from 0 to 1.");
        if (!(SkewnessForLogScale >= 0))
            faults.Add($"SkewnessForLogScale is {SkewnessForLogScale}; it must be 0 or more.");
        if (Prepared is { } prepared && prepared.Rows != rows)
            faults.Add($"Prepared has {prepared.Rows} rows; the table has {rows}.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        Vocabulary.Validate(faults);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
        Prepared?.RequireFinite(nameof(Prepared));
    }
}
