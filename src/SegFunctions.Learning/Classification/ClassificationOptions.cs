using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification;

/// <summary>How a yes-or-no outcome is learned.</summary>
public sealed record ClassificationOptions
{
    /// <summary>Parts that the rows are dealt into; each is judged by what the others teach. At least 2; fewer where a class has fewer rows.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>From so many rows on, one part is held out and judged instead of every part in turn. At least 1.</summary>
    public int HoldoutFromRows { get; init; } = 50_000;

    /// <summary>Rows of each class that are needed for anything to be learned, at least 2.</summary>
    public int FewestOfAClass { get; init; } = 10;

    /// <summary>What columns mean, by name, where the guess would be wrong.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);

    /// <summary>Coverage of the intervals, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether every row of the table gets a score that it did not help to make, also where a part was held out: three more fits then.</summary>
    public bool ScoreEveryRow { get; init; }

    /// <summary>Columns known to be fine however well they predict, by name.</summary>
    public IReadOnlyCollection<string> Trusted { get; init; } = [];

    /// <summary>Nothing after this instant was known when the prediction had to be made; null to look at no dates.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>What contacting costs and may bring, for the profit among the figures; null for none.</summary>
    public ProfitTerms? Profit { get; init; }

    /// <summary>Decides every draw: the same seed gives the same bytes.</summary>
    public long Seed { get; init; }

    /// <summary>Threads to use, the caller's included; null for one per processor. Never changes a result.</summary>
    public int? Threads { get; init; }

    internal void Validate(Table table)
    {
        var faults = new List<string>();
        if (Folds < 2)
            faults.Add($"Folds is {Folds}; it must be at least 2.");
        if (HoldoutFromRows < 1)
            faults.Add($"HoldoutFromRows is {HoldoutFromRows}; it must be at least 1.");
        if (FewestOfAClass < 2)
            faults.Add($"FewestOfAClass is {FewestOfAClass}; it must be at least 2.");
        foreach (var (name, kind) in Kinds)
        {
            if (!Enum.IsDefined(kind))
                faults.Add($"Kinds gives \"{name}\" the unknown kind {kind}.");
            if (!table.Columns.Any(column => column.Name == name))
                faults.Add($"Kinds names \"{name}\", which is no column of the table.");
        }

        Profit?.Validate(faults);
        if (!(Level is > 0 and < 1))
            faults.Add($"Level is {Level}; it must lie between 0 and 1.");
        if (Threads < 1)
            faults.Add($"Threads is {Threads}; it must be at least 1, or null for one per processor.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), "options");
    }
}
