using SegFunctions.Customers.Identity.Companies;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Compares names of companies word by word; their own model makes the evidence, so nothing is left to learn here.</summary>
/// <param name="cores">
/// Not null where the records are people: colleagues name one company, and who changes it is the same person. As many people as work
/// there agree in all the words of its name at once, so that these do not add up.
/// </param>
internal sealed class CompanyComparison(CompanyColumn column, ValueFrequency? cores, Kin kin) : Comparison(column.Name, cores is not null, Comparing.Levels.Company)
{
    private const double Same = 6;
    private const double StrongestAgainst = 15;
    private const double StrongestAgainstPeople = 2;
    private const double StrongestFor = 40;

    // Of the pairs of shops of one house, two in ten bear the very same name.
    private const double StrongestOfOutlets = 2.3;

    private readonly CodeColumn _companies = column.Codes;
    private readonly List<CompanyName> _names = [];
    private readonly List<CompanyProfile> _profiles = [];
    private readonly List<IReadOnlyList<ulong>> _keys = [];

    public override bool IsFixed => true;

    public override IReadOnlyList<ValueFrequency> Frequencies { get; } = cores is null ? [] : [cores];

    /// <summary>What the names are compared by.</summary>
    public CompanyModel Model { get; private set; } = CompanyModel.Learn([]);

    /// <summary>Each name without its legal form, to find candidates by.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Learns from every record's name.</summary>
    public void Learn(IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        Parse(values);
        var names = new List<CompanyName>(_companies.Count);
        foreach (var code in _companies.Codes)
        {
            if (code >= 0)
                names.Add(_names[code]);
        }

        Take(values, CompanyModel.Learn(names, cancellationToken));
    }

    /// <summary>Makes the names ready that have come since.</summary>
    public void Take(IReadOnlyList<string> values, CompanyModel model)
    {
        Parse(values);
        Model = model;
        for (var code = _profiles.Count; code < _names.Count; code++)
        {
            _profiles.Add(model.Profile(_names[code]));
            _keys.Add(CompanyModel.Keys(_profiles[code]));
        }
    }

    /// <summary>What a record's name can be found by.</summary>
    public IReadOnlyList<ulong> Keys(int row) => _companies[row] < 0 ? [] : _keys[_companies[row]];

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (_companies[left], _companies[right]);
        if (one < 0 || other < 0)
            return Silent;
        var evidence = Model.Compare(_profiles[one], _profiles[other]);
        var bits = Math.Clamp(evidence.Weight / Math.Log(2), IsShared ? -StrongestAgainstPeople : -StrongestAgainst, StrongestFor);
        if (cores is not null)
        {
            bits = Math.Min(bits, Math.Min(MostBits(left), MostBits(right)));
            surprise.Shared += (float)bits;
        }
        else
        {
            surprise.Personal += (float)bits;
            surprise.PersonalAtHome += (float)Math.Clamp(evidence.AgainstRelated / Math.Log(2), -StrongestAgainst, kin == Kin.Outlets ? StrongestOfOutlets : StrongestFor);
        }

        return bits >= Same ? 1 : bits > 0 ? 2 : 3;
    }

    private double MostBits(int row) => column.Cores[row] is >= 0 and var core ? cores!.Bits(core) : StrongestFor;

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
