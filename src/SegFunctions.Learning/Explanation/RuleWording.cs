using System.Globalization;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>Writes rules as people say them.</summary>
internal sealed class RuleWording(Table table, IReadOnlyDictionary<string, NumericSummary> numbers, ColumnSpeech speech)
{
    /// <summary>All conditions in one line; two thresholds on a column become a range.</summary>
    public Bilingual Write(IReadOnlyList<FittedCondition> conditions)
    {
        var parts = new List<Bilingual>();
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = conditions[i];
            var partner = condition.IsThreshold ? FindPartner(conditions, i) : -1;
            if (partner > i)
                parts.Add(Range(condition, conditions[partner]));
            else if (partner < 0)
                parts.Add(Write(condition));
        }

        return new Bilingual(string.Join(" and ", parts.Select(part => part.En)), string.Join(" et ", parts.Select(part => part.Fr)));
    }

    public RuleCondition ToPublic(FittedCondition condition)
    {
        var name = table.Columns[condition.Column].Name;
        if (condition.IsThreshold)
            return new RuleCondition(name, condition.Comparison, condition.Threshold);
        return condition.Comparison is RuleComparison.OneOf or RuleComparison.NoneOf
            ? new RuleCondition(name, condition.Comparison, Levels: LevelsOf(condition))
            : new RuleCondition(name, condition.Comparison);
    }

    private static int FindPartner(IReadOnlyList<FittedCondition> conditions, int position)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (i != position && conditions[i].IsThreshold && conditions[i].Column == conditions[position].Column)
                return i;
        }

        return -1;
    }

    private Bilingual Range(FittedCondition one, FittedCondition other)
    {
        var (from, below) = one.Comparison == RuleComparison.AtLeast ? (one, other) : (other, one);
        var name = table.Columns[from.Column].Name;
        var label = speech.Label(name);
        var low = Number(from);
        if (numbers[name].Whole && below.Threshold == from.Threshold + 1)
            return new Bilingual($"{label.En} = {low.En}", $"{label.Fr} = {low.Fr}");
        var high = Number(below);
        return new Bilingual($"{low.En} ≤ {label.En} < {high.En}", $"{low.Fr} ≤ {label.Fr} < {high.Fr}");
    }

    private Bilingual Write(FittedCondition condition)
    {
        var name = table.Columns[condition.Column].Name;
        var label = speech.Label(name);
        var (en, fr) = condition.Comparison switch
        {
            RuleComparison.Below or RuleComparison.AtLeast => Threshold(condition, name),
            RuleComparison.OneOf or RuleComparison.NoneOf => Levels(condition, speech.Words(name).French),
            _ => Missing(condition.Comparison == RuleComparison.Unknown, speech.Words(name).French),
        };
        return new Bilingual($"{label.En} {en}", $"{label.Fr} {fr}");
    }

    private Bilingual Threshold(FittedCondition condition, string name)
    {
        var below = condition.Comparison == RuleComparison.Below;
        // Whole numbers at the end of their range: no orders at all, not fewer than one.
        var column = numbers[name];
        if (column.Whole && (below ? condition.Threshold - 1 == column.Minimum : condition.Threshold == column.Maximum))
        {
            var only = speech.Write(name, below ? column.Minimum : column.Maximum, 0);
            return new Bilingual($"= {only.En}", $"= {only.Fr}");
        }

        var number = Number(condition);
        return below ? new Bilingual($"< {number.En}", $"< {number.Fr}") : new Bilingual($"≥ {number.En}", $"≥ {number.Fr}");
    }

    private Bilingual Number(FittedCondition condition)
    {
        if (condition.Decimals >= 0)
            return speech.Write(table.Columns[condition.Column].Name, condition.Threshold, condition.Decimals);
        // More digits than a number for people has: every one of them, so that what is printed is what is meant.
        var exact = condition.Threshold.ToString("R", CultureInfo.InvariantCulture);
        return new Bilingual(exact, exact.Replace('.', ','));
    }

    private IReadOnlyList<string> LevelsOf(FittedCondition condition)
    {
        var levels = ((TextColumn)table.Columns[condition.Column]).Levels;
        return [.. condition.Levels.Select(code => levels[code])];
    }

    private Bilingual Levels(FittedCondition condition, FrenchForm form)
    {
        var levels = LevelsOf(condition);
        var (verb, negated) = form.IsPlural() ? ("sont", "ne sont") : ("est", "n'est");
        if (condition.Comparison == RuleComparison.OneOf)
            return new Bilingual($"is {Listed(levels, "or")}", $"{verb} {Listed(levels, "ou")}");
        return levels.Count switch
        {
            1 => new Bilingual($"is not {levels[0]}", $"{negated} pas {levels[0]}"),
            2 => new Bilingual($"is neither {levels[0]} nor {levels[1]}", $"{negated} ni {levels[0]} ni {levels[1]}"),
            _ => new Bilingual($"is none of {Listed(levels, "or")}", $"{negated} ni {string.Join(", ni ", levels)}"),
        };
    }

    /// <summary>What follows the label of a column whose value is missing, or is there.</summary>
    public static Bilingual Missing(bool unknown, FrenchForm form)
    {
        var known = "renseigné" + form.Ending();
        var plural = form.IsPlural();
        return unknown
            ? new Bilingual("is not known", $"{(plural ? "ne sont" : "n'est")} pas {known}")
            : new Bilingual("is known", $"{(plural ? "sont" : "est")} {known}");
    }

    private static string Listed(IReadOnlyList<string> levels, string word) =>
        levels.Count == 1 ? levels[0] : $"{string.Join(", ", levels.Take(levels.Count - 1))} {word} {levels[^1]}";
}
