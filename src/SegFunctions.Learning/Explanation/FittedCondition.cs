using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>A condition of a rule while it is being fitted.</summary>
internal sealed record FittedCondition
{
    private double[] Values { get; init; } = [];

    private int[] Codes { get; init; } = [];

    /// <summary>By code; of categories.</summary>
    private bool[] Named { get; init; } = [];

    public required int Column { get; init; }

    public required RuleComparison Comparison { get; init; }

    /// <summary>Position of the border that the tree split at.</summary>
    public int Border { get; init; }

    public double Threshold { get; init; }

    /// <summary>Digits after the point that the threshold has; −1 for as many as there are.</summary>
    public int Decimals { get; init; } = -1;

    public bool IsThreshold => Comparison is RuleComparison.Below or RuleComparison.AtLeast;

    /// <summary>Codes of the levels named, ascending.</summary>
    public IEnumerable<int> Levels => Enumerable.Range(0, Named.Length).Where(code => Named[code]);

    public static FittedCondition Of(RuleSplit split, Column column, BinnedColumn bins)
    {
        var condition = new FittedCondition { Column = split.Column, Comparison = split.Comparison };
        if (column is NumericColumn numbers)
        {
            condition = condition with { Values = numbers.Values };
            return condition.IsThreshold ? condition with { Border = split.Border, Threshold = bins.Borders[split.Border] } : condition;
        }

        var categories = (TextColumn)column;
        var named = new bool[categories.Levels.Count];
        foreach (var bin in split.LevelBins ?? [])
            named[bins.Levels[bin - 1]] = true;
        return condition with { Codes = categories.Codes, Named = named };
    }

    /// <summary>One condition for those that say the same of a column: of two thresholds the tighter, of categories what is left.</summary>
    public static List<FittedCondition> Merge(IEnumerable<FittedCondition> conditions)
    {
        var merged = new List<FittedCondition>();
        foreach (var condition in conditions)
        {
            var at = merged.FindIndex(condition.SaysTheSame);
            if (at < 0)
                merged.Add(condition);
            else
                merged[at] = merged[at].And(condition);
        }

        return merged;
    }

    public bool Meets(int row) => Comparison switch
    {
        // Comparisons with NaN are false.
        RuleComparison.Below => Values[row] < Threshold,
        RuleComparison.AtLeast => Values[row] >= Threshold,
        RuleComparison.OneOf => Codes[row] >= 0 && Named[Codes[row]],
        RuleComparison.NoneOf => Codes[row] >= 0 && !Named[Codes[row]],
        RuleComparison.Unknown => Missing(row),
        _ => !Missing(row),
    };

    private bool Missing(int row) => Values.Length > 0 ? double.IsNaN(Values[row]) : Codes[row] < 0;

    private bool SaysTheSame(FittedCondition other) =>
        Column == other.Column && (Comparison == other.Comparison || (Named.Length > 0 && NamesLevels && other.NamesLevels));

    private bool NamesLevels => Comparison is RuleComparison.OneOf or RuleComparison.NoneOf;

    private FittedCondition And(FittedCondition other)
    {
        if (IsThreshold)
            return Comparison == RuleComparison.Below == other.Threshold < Threshold ? other : this;
        if (!NamesLevels)
            return this;
        if (Comparison == RuleComparison.NoneOf && other.Comparison == RuleComparison.NoneOf)
            return this with { Named = [.. Named.Zip(other.Named, (a, b) => a || b)] };
        var left = Named.Select((_, code) => Allows(code) && other.Allows(code));
        return this with { Comparison = RuleComparison.OneOf, Named = [.. left] };
    }

    private bool Allows(int code) => Named[code] == (Comparison == RuleComparison.OneOf);
}
