using SegFunctions.Customers.Identity.Companies;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Compares names of companies word by word; the words' rarity makes the evidence, so nothing is left to learn.</summary>
internal sealed class CompanyComparison(string name, bool isShared, CodeColumn companies) : Comparison(name, isShared, Comparing.Levels.Company)
{
    private const double Same = 6;
    private const double StrongestAgainst = 15;
    private const double StrongestFor = 40;

    private readonly List<CompanyName> _names = [];
    private readonly List<CompanyProfile> _profiles = [];
    private CompanyComparer? _comparer;

    public override bool IsFixed => true;

    public CompanyVocabulary Vocabulary { get; private set; } = CompanyVocabulary.Learn([]);

    /// <summary>Each name without its legal form, to find candidates by.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Learns how common words are from every record's name.</summary>
    public void Learn(IReadOnlyList<string> values)
    {
        Parse(values);
        var names = new List<CompanyName>(companies.Count);
        foreach (var code in companies.Codes)
        {
            if (code >= 0)
                names.Add(_names[code]);
        }

        Take(values, CompanyVocabulary.Learn(names));
    }

    /// <summary>Makes the names ready that have come since.</summary>
    public void Take(IReadOnlyList<string> values, CompanyVocabulary vocabulary)
    {
        Parse(values);
        Vocabulary = vocabulary;
        _comparer ??= new CompanyComparer(vocabulary);
        for (var code = _profiles.Count; code < _names.Count; code++)
            _profiles.Add(_comparer.Profile(_names[code]));
    }

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (companies[left], companies[right]);
        if (one < 0 || other < 0)
            return Silent;
        var bits = Math.Clamp(_comparer!.Compare(_profiles[one], _profiles[other]).Weight / Math.Log(2), -StrongestAgainst, StrongestFor);
        Add((float)bits, float.MinValue, float.MaxValue, ref surprise);
        return bits >= Same ? 1 : bits > 0 ? 2 : 3;
    }

    private void Parse(IReadOnlyList<string> values)
    {
        for (var code = _names.Count; code < values.Count; code++)
        {
            var parsed = CompanyName.Parse(values[code]);
            _names.Add(parsed);
            Texts.Add(string.Join(' ', parsed.Tokens.Where(token => token.Class != CompanyTokenClass.Form).Select(token => token.Text)));
        }
    }
}
