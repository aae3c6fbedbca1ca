namespace SegFunctions.Customers.Tests.Identity.Companies;

/// <summary>A made-up table of companies, some of them spelled several ways: legal forms, slips, abbreviations, order, cities.</summary>
internal sealed class CompanyTable
{
    private static readonly string[] Syllables = ["ba", "ber", "bo", "dan", "del", "dor", "el", "fer", "gan", "gra", "hal", "hol", "jan", "kar", "kel", "kro", "lan", "lin", "mar", "mel", "mon", "nor", "ost", "pal", "per", "ran", "ros", "sal", "sen", "ster", "tan", "tor", "ul", "van", "ver", "wal", "wes", "zan", "zel", "schi", "tra", "vis", "qui", "bru", "fin", "gus"];
    private static readonly string[] Trades = ["Consulting", "Bau", "Logistics", "Manufacturing", "Bank", "Software", "Energy", "International", "Trading", "Systems", "Services", "Elektro", "Pharma", "Immobilien", "Transport", "Media"];
    private static readonly string[][] Forms = [["GmbH", "G.m.b.H.", "Gmbh", ""], ["AG", "A.G."], ["GmbH & Co. KG", "GmbH & Co KG", "GmbH und Co. KG"], ["Ltd", "Limited", "Ltd.", "LTD"], ["PLC", "plc"], ["LLC", "L.L.C."], ["Inc.", "Inc", "Incorporated", ""], ["SARL", "S.à r.l.", "Sàrl"], ["SAS", "S.A.S."], ["SA", "S.A."], ["B.V.", "BV"], ["S.p.A.", "SpA"], ["S.r.l.", "Srl"], ["Sp. z o.o.", "Sp.z o.o."], ["AB"], ["A/S", "AS"], ["Oy"], [""]];
    private static readonly string[] Countries = ["DE", "FR", "UK", "IT", "ES", "NL", "PL", "SE"];
    private static readonly string[] Cities = ["Berlin", "Lyon", "Leeds", "Milano", "Utrecht", "Gdansk", "Malmö"];
    private static readonly Dictionary<string, string> Abbreviations = new() { ["Manufacturing"] = "Mfg", ["International"] = "Intl.", ["Systems"] = "Sys.", ["Services"] = "Svcs", ["Elektro"] = "Electric", ["Pharma"] = "Pharmaceuticals" };

    private readonly Random _random;

    public CompanyTable(int seed, int companies)
    {
        _random = new Random(seed);
        var families = Enumerable.Range(0, Math.Max(20, companies / 3)).Select(_ => Family()).ToArray();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<CompanyRow>();
        for (var company = 0; company < companies;)
        {
            var words = Enumerable.Range(0, 1 + (_random.Next(10) / 4)).Select(_ => families[(int)(families.Length * Math.Pow(_random.NextDouble(), 1.7))]).ToList();
            if (_random.Next(3) > 0)
                words.Add(Trades[_random.Next(Trades.Length)]);
            if (_random.Next(20) == 0)
                words.Add((1 + _random.Next(4)).ToString(System.Globalization.CultureInfo.InvariantCulture));
            var form = Forms[_random.Next(Forms.Length)];
            var country = Countries[_random.Next(Countries.Length)];
            if (!taken.Add(string.Join(' ', words.Order(StringComparer.Ordinal))))
                continue;
            rows.Add(new CompanyRow(company, string.Join(' ', words) + " " + form[0], country));
            for (var more = _random.Next(3); more > 0; more--)
                rows.Add(new CompanyRow(company, Spelled(words, form), country));
            company++;
        }

        Rows = rows;
    }

    public IReadOnlyList<CompanyRow> Rows { get; }

    public static IEnumerable<(int Left, int Right)> Pairs(IReadOnlyList<CompanyRow> rows)
    {
        for (var left = 0; left < rows.Count; left++)
        {
            for (var right = left + 1; right < rows.Count && rows[right].Company == rows[left].Company; right++)
                yield return (left, right);
        }
    }

    private string Spelled(List<string> words, string[] form)
    {
        var spelled = words.ToList();
        for (var change = 1 + _random.Next(2); change > 0; change--)
        {
            var at = _random.Next(spelled.Count);
            switch (_random.Next(8))
            {
                case 0 or 1 or 2:
                    spelled[at] = Slip(spelled[at]);
                    break;
                case 3 when Abbreviations.TryGetValue(spelled[at], out var brief):
                    spelled[at] = brief;
                    break;
                case 4:
                    spelled.Reverse();
                    break;
                case 5:
                    spelled.Add(Cities[_random.Next(Cities.Length)]);
                    break;
                case 6 when at + 1 < spelled.Count:
                    spelled[at] += spelled[at + 1];
                    spelled.RemoveAt(at + 1);
                    break;
                default:
                    spelled[at] = spelled[at].ToUpperInvariant();
                    break;
            }
        }

        var name = string.Join(_random.Next(12) == 0 ? " & " : " ", spelled);
        var ending = form[_random.Next(form.Length)];
        return _random.Next(8) == 0 ? $"{ending} {name}" : $"{name} {ending}";
    }

    private string Slip(string word)
    {
        if (word.Length < 4)
            return word;
        var at = _random.Next(1, word.Length - 1);
        return _random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, ((char)('a' + _random.Next(26))).ToString()),
            2 => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
            _ => $"{word[..at]}{(char)('a' + _random.Next(26))}{word[(at + 1)..]}",
        };
    }

    private string Family()
    {
        var word = string.Concat(Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => Syllables[_random.Next(Syllables.Length)]));
        return char.ToUpperInvariant(word[0]) + word[1..];
    }
}

internal sealed record CompanyRow(int Company, string Name, string Country);
