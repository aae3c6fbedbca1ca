using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Explanation;

/// <summary>
/// Says in words, English and French, what raises or lowers a row's score, from what every column contributes to its margin: TreeSHAP's contributions, or
/// weight times distance from the mean of a linear model. Immutable and safe to use from several threads.
/// </summary>
/// <remarks>
/// Columns of one aspect are added up: those that move together share their weight by chance, and each alone may seem to say the opposite of what
/// the two mean. The sign of the sum decides; the first phrase that fits puts it in words, or else the column that weighs most on that side:
/// <c>return share 40% (typical 5%)</c>, <c>contract is month-to-month</c>.
/// </remarks>
public sealed class ContributionReasons
{
    private readonly ReasonFeature[] _features;
    private readonly ReasonOptions _options;
    private readonly ColumnSpeech _speech;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly string[] _aspects;
    private readonly int[] _aspectOf;
    private readonly List<(ReasonPhrase Phrase, ReasonTemplate En, ReasonTemplate Fr)>[] _phrases;

    /// <param name="features">One a column of the rows, in their order.</param>
    /// <param name="phrases">Those for the same aspect and side are tried in their order.</param>
    /// <exception cref="ArgumentException">A name twice, a phrase for an aspect or with a column that no feature has, or options out of range (all listed).</exception>
    public ContributionReasons(IReadOnlyList<ReasonFeature> features, IReadOnlyList<ReasonPhrase>? phrases = null, ReasonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        _features = [.. features];
        _options = options ?? new ReasonOptions();
        var faults = new List<string>();
        _options.Validate(faults);
        for (var i = 0; i < _features.Length; i++)
        {
            if (!_positions.TryAdd(_features[i].Name, i))
                faults.Add($"Two features are named \"{_features[i].Name}\"; each needs a name of its own.");
        }

        var names = _features.Select(feature => feature.Words.Aspect ?? feature.Name).ToArray();
        _aspects = [.. names.Distinct(StringComparer.Ordinal)];
        _aspectOf = [.. names.Select(name => Array.IndexOf(_aspects, name))];
        _phrases = [.. _aspects.Select(_ => new List<(ReasonPhrase, ReasonTemplate, ReasonTemplate)>())];
        foreach (var phrase in phrases ?? [])
        {
            var aspect = Array.IndexOf(_aspects, phrase.Aspect);
            if (aspect < 0)
                faults.Add($"A phrase is for the aspect \"{phrase.Aspect}\", which no feature has.");
            if (ReasonTemplate.Parse(phrase.Text.En, _positions, faults) is { } english && ReasonTemplate.Parse(phrase.Text.Fr, _positions, faults) is { } french && aspect >= 0)
                _phrases[aspect].Add((phrase, english, french));
        }

        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), nameof(features));
        _speech = new ColumnSpeech([.. _features.Select(feature => (feature.Name, feature.Words))]);
    }

    /// <summary>The reasons of one row, the weightiest first; none when nothing weighs on the side asked for.</summary>
    /// <param name="values">The row: one a feature, NaN for missing, codes of levels for texts.</param>
    /// <param name="contributions">One a feature; what follows them, such as the expected margin, is not looked at.</param>
    /// <exception cref="ArgumentException">Fewer values or contributions than features.</exception>
    public IReadOnlyList<Reason> Of(ReadOnlySpan<double> values, ReadOnlySpan<double> contributions, ReasonSide side = ReasonSide.Both)
    {
        if (values.Length != _features.Length)
            throw new ArgumentException($"There are {values.Length} values for {_features.Length} features.", nameof(values));
        if (contributions.Length < _features.Length)
            throw new ArgumentException($"There are {contributions.Length} contributions for {_features.Length} features.", nameof(contributions));
        var sums = new double[_aspects.Length];
        for (var i = 0; i < _features.Length; i++)
            sums[_aspectOf[i]] += contributions[i];
        // Sorting is stable: of two that weigh the same the first column's comes first.
        var order = Enumerable.Range(0, sums.Length)
            .Where(aspect => side == ReasonSide.Both ? sums[aspect] != 0 : side == ReasonSide.Raising ? sums[aspect] > 0 : sums[aspect] < 0)
            .OrderByDescending(aspect => Math.Abs(sums[aspect]))
            .Take(_options.Most);
        var reasons = new List<Reason>(_options.Most);
        foreach (var aspect in order)
        {
            if (reasons.Count >= _options.Least && Math.Abs(sums[aspect]) < _options.Worthwhile)
                break;
            reasons.Add(new Reason(_aspects[aspect], sums[aspect], Phrase(aspect, sums[aspect] > 0, values) ?? Plain(Strongest(aspect, sums[aspect] > 0, contributions), values)));
        }

        return reasons;
    }

    private Bilingual? Phrase(int aspect, bool raises, ReadOnlySpan<double> values)
    {
        if (_phrases[aspect].Count == 0)
            return null;
        var copy = values.ToArray();
        foreach (var (phrase, english, french) in _phrases[aspect])
        {
            if (phrase.Side == (raises ? ReasonSide.Lowering : ReasonSide.Raising) || phrase.When?.Invoke(new ReasonRow(_positions, values)) == false)
                continue;
            if (english.Fill((column, typical) => Written(column, typical)?.En) is { } en && french.Fill((column, typical) => Written(column, typical)?.Fr) is { } fr)
                return new Bilingual(en, fr);
        }

        return null;

        Bilingual? Written(int column, bool typical) => Write(column, typical ? _features[column].Typical : copy[column]);
    }

    /// <summary>The column of the aspect that weighs most in the direction of the sum.</summary>
    private int Strongest(int aspect, bool raises, ReadOnlySpan<double> contributions)
    {
        var strongest = -1;
        for (var i = 0; i < _features.Length; i++)
        {
            if (_aspectOf[i] == aspect && (strongest < 0 || (raises ? contributions[i] > contributions[strongest] : contributions[i] < contributions[strongest])))
                strongest = i;
        }

        return strongest;
    }

    /// <summary>A column and its value, beside the typical one where there is one.</summary>
    private Bilingual Plain(int column, ReadOnlySpan<double> values)
    {
        var feature = _features[column];
        var label = _speech.Label(feature.Name);
        if (Write(column, values[column]) is not { } value)
            return Beside(label, RuleWording.Missing(unknown: true, feature.Words.French));
        if (feature.YesOrNo || feature.Levels is [var one, var other] && CellText.IsBooleanPair(one, other))
            return new Bilingual($"{label.En}: {value.En}", $"{label.Fr} : {value.Fr}");
        if (feature.Levels.Count > 0)
            return Beside(label, new Bilingual($"is {value.En}", $"{(feature.Words.French.IsPlural() ? "sont" : "est")} {value.Fr}"));
        return Write(column, feature.Typical) is { } typical && typical != value
            ? Beside(label, new Bilingual($"{value.En} (typical {typical.En})", $"{value.Fr} (typique : {typical.Fr})"))
            : Beside(label, value);
    }

    /// <summary>A value in words; null when it is missing.</summary>
    private Bilingual? Write(int column, double value)
    {
        var feature = _features[column];
        if (double.IsNaN(value))
            return null;
        if (feature.YesOrNo && value is 0 or 1)
            return value == 1 ? new Bilingual("yes", "oui") : new Bilingual("no", "non");
        if (feature.Levels.Count == 0)
            return _speech.WriteRounded(feature.Name, value);
        // A code beyond the texts is one that came after training.
        return value >= 0 && value < feature.Levels.Count
            ? new Bilingual(feature.Levels[(int)value], feature.Levels[(int)value])
            : new Bilingual("a value not seen before", "une valeur jamais vue");
    }

    private static Bilingual Beside(Bilingual label, Bilingual rest) => new($"{label.En} {rest.En}", $"{label.Fr} {rest.Fr}");
}
