using System.Globalization;
using SegFunctions.Customers.Identity.Blocking;
using SegFunctions.Customers.Identity.Companies;
using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Normalisation;
using SegFunctions.Customers.Identity.Strings;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>Everything that is compared of every record, normalised once: a number per record and field, equal where the values are.</summary>
internal sealed class Traits
{
    private readonly List<Action<RecordSet>> _readers = [];
    private readonly List<CodeColumn> _columns = [];
    private readonly List<ulong> _dwellings = [];
    private readonly Dictionary<string, string> _dateOrders;
    private readonly (string Name, IdentityField Field)[] _layout;

    /// <param name="layout">Columns of every record set to come.</param>
    /// <param name="dateOrders">How columns of dates were read before; filled where they were not.</param>
    public Traits(IReadOnlyList<(string Name, IdentityField Field)> layout, IReadOnlyDictionary<string, string> dateOrders)
    {
        _layout = [.. layout];
        _dateOrders = new Dictionary<string, string>(dateOrders, StringComparer.Ordinal);
        AddNames();
        AddHome();
        for (var at = 0; at < _layout.Length; at++)
            AddOther(at);
    }

    public int Rows { get; private set; }

    public NamePool Names { get; } = new();

    public CodeColumn? Given { get; private set; }

    public CodeColumn? Family { get; private set; }

    public CodeColumn? Generations { get; private set; }

    public CodeColumn? Genders { get; private set; }

    /// <summary>Middle names, of the pool of names.</summary>
    public CodeColumn? Middles { get; private set; }

    /// <summary>Years of age.</summary>
    public CodeColumn? Ages { get; private set; }

    public HomeParts? Home { get; private set; }

    /// <summary>Whether addresses say the street.</summary>
    public bool HasStreets => Of(IdentityField.Street).Length > 0;

    /// <summary>The attribute that is the second line of addresses; null where there is none.</summary>
    public CodeColumn? SecondLine { get; private set; }

    /// <summary>What a dwelling is known by in every index.</summary>
    public ulong DwellingHash(int dwelling) => _dwellings[dwelling];

    public TextPool Dates { get; } = new();

    public CodeColumn? BirthDates { get; private set; }

    public List<(string Name, TextPool Texts, CodeColumn Codes)> Phones { get; } = [];

    public List<EmailColumn> Emails { get; } = [];

    public List<(string Name, TextPool Texts, CodeColumn Codes)> Identifiers { get; } = [];

    public List<(string Name, TextPool Texts, PairLetters Letters, CodeColumn Codes, List<string> Values)> Attributes { get; } = [];

    public List<CompanyColumn> Companies { get; } = [];

    public IReadOnlyDictionary<string, string> DateOrders => _dateOrders;

    /// <summary>Adds the records of a set with the layout's columns.</summary>
    public void Add(RecordSet records)
    {
        foreach (var reader in _readers)
            reader(records);
        Rows += records.Rows;
        foreach (var column in _columns)
            column.PadTo(Rows);
    }

    private CodeColumn NewColumn()
    {
        var column = new CodeColumn();
        _columns.Add(column);
        return column;
    }

    private int[] Of(IdentityField field) => [.. Enumerable.Range(0, _layout.Length).Where(at => _layout[at].Field == field)];

    /// <summary>For each level of a column what it is; then for each row that of its level.</summary>
    private static T[] PerLevel<T>(RecordColumn column, Func<string, T> read)
    {
        var values = new T[column.Levels.Count];
        for (var level = 0; level < values.Length; level++)
            values[level] = read(column.Levels[level]);
        return values;
    }

    private void AddNames()
    {
        var (given, family, whole) = (Of(IdentityField.GivenName), Of(IdentityField.FamilyName), Of(IdentityField.FullName));
        if (given.Length + family.Length + whole.Length == 0)
            return;
        Given = NewColumn();
        Family = NewColumn();
        Generations = NewColumn();
        _readers.Add(records =>
        {
            var empty = (Given: -1, Family: -1, Generation: 0);
            var rows = new (int Given, int Family, int Generation)[records.Rows];
            Array.Fill(rows, empty);
            if (whole.Length > 0)
                Read(records.Columns[whole[0]], text => Whole(text), rows);
            if (given.Length > 0)
                Read(records.Columns[given[0]], text => (Names.Add(PersonName.GivenOf(NamePool.Clean(text), out var generation)), -1, generation), rows);
            if (family.Length > 0)
                Read(records.Columns[family[0]], text => (-1, Names.Add(PersonName.FamilyOf(NamePool.Clean(text), out var generation)), generation), rows);
            foreach (var row in rows)
            {
                Given.Add(row.Given);
                Family.Add(row.Family);
                Generations.Add(row.Generation > 0 ? row.Generation : -1);
            }
        });

        (int, int, int) Whole(string text)
        {
            var name = PersonName.Whole(text, NamePool.Clean);
            return (Names.Add(name.Given), Names.Add(name.Family), name.Generation);
        }

        static void Read(RecordColumn column, Func<string, (int Given, int Family, int Generation)> read, (int Given, int Family, int Generation)[] rows)
        {
            var values = PerLevel(column, read);
            for (var row = 0; row < rows.Length; row++)
            {
                if (column.Codes[row] < 0)
                    continue;
                var value = values[column.Codes[row]];
                rows[row] = (value.Given >= 0 ? value.Given : rows[row].Given, value.Family >= 0 ? value.Family : rows[row].Family, Math.Max(value.Generation, rows[row].Generation));
            }
        }
    }

    private void AddHome()
    {
        var (numbers, streets, cities, postalCodes, seconds) = (Of(IdentityField.StreetNumber), Of(IdentityField.Street), Of(IdentityField.City), Of(IdentityField.PostalCode), Of(IdentityField.StreetLine));
        if (streets.Length + cities.Length + postalCodes.Length == 0)
            return;
        var texts = new TextPool();
        Home = new HomeParts(texts, NewColumn(), NewColumn(), NewColumn(), NewColumn(), NewColumn(), NewColumn(), NewColumn());
        var dwellings = new Dictionary<(int Number, int Street, int Flat), int>();
        _readers.Add(records =>
        {
            var lines = streets.Length > 0 ? PerLevel(records.Columns[streets[0]], text => Line(text)) : [];
            var alone = numbers.Length > 0 ? PerLevel(records.Columns[numbers[0]], text => texts.Add(Plain(text))) : [];
            for (var row = 0; row < records.Rows; row++)
            {
                var line = streets.Length > 0 && records.Columns[streets[0]].Codes[row] is >= 0 and var level ? lines[level] : (Number: -1, Street: -1, Flat: -1);
                if (numbers.Length > 0 && records.Columns[numbers[0]].Codes[row] is >= 0 and var own)
                    line.Number = alone[own];
                Home.Numbers.Add(line.Number);
                Home.Streets.Add(line.Street);
                Home.Flats.Add(line.Flat);
                if (line.Street < 0)
                {
                    Home.Dwellings.Add(-1);
                    continue;
                }

                if (!dwellings.TryGetValue(line, out var dwelling))
                {
                    dwellings.Add(line, dwelling = dwellings.Count);
                    _dwellings.Add(Key.Mix(Hash(line.Number) + Key.Mix(Hash(line.Street) + Key.Mix(Hash(line.Flat)))));
                }

                Home.Dwellings.Add(dwelling);
            }

            AddPlain(records, cities, Home.Cities);
            AddPlain(records, postalCodes, Home.PostalCodes);
            if (seconds.Length > 0)
            {
                var column = records.Columns[seconds[0]];
                var codes = PerLevel(column, text => Line(text).Street);
                foreach (var code in column.Codes)
                    Home.Lines.Add(code < 0 ? -1 : codes[code]);
            }
        });

        void AddPlain(RecordSet records, int[] columns, CodeColumn target)
        {
            if (columns.Length == 0)
                return;
            var column = records.Columns[columns[0]];
            var codes = PerLevel(column, text => texts.Add(Plain(text)));
            foreach (var code in column.Codes)
                target.Add(code < 0 ? -1 : codes[code]);
        }

        ulong Hash(int code) => code < 0 ? 0 : texts.Hash(code);

        (int Number, int Street, int Flat) Line(string text)
        {
            var folded = Plain(text);
            Span<char> number = new char[folded.Length];
            Span<char> street = new char[(folded.Length * 5) + 16];
            Span<char> flat = new char[folded.Length];
            new StreetForm(folded).Read(number, out var numberLength, street, out var streetLength, flat, out var flatLength);
            return (texts.Add(number[..numberLength]), texts.Add(street[..streetLength]), texts.Add(flat[..flatLength]));
        }
    }

    private static string Plain(string text)
    {
        var folded = TextFolding.Fold(text);
        return Placeholders.IsNobody(folded) && !(folded.Length == 1 && char.IsAsciiDigit(folded[0])) ? "" : folded;
    }

    private void AddOther(int at)
    {
        var (name, field) = _layout[at];
        var column = NewColumn();
        switch (field)
        {
            case IdentityField.Email:
                var emails = new EmailColumn(name, new TextPool(), column, new TextPool(), NewColumn());
                Emails.Add(emails);
                _readers.Add(records => AddEmails(records.Columns[at], emails));
                break;
            case IdentityField.Phone:
                var phones = new TextPool();
                Phones.Add((name, phones, column));
                AddReader(at, column, text =>
                {
                    Span<char> digits = stackalloc char[PhoneForm.Longest];
                    return phones.Add(digits[..PhoneForm.Write(text, digits)]);
                });
                break;
            case IdentityField.Identifier:
                var identifiers = new TextPool();
                Identifiers.Add((name, identifiers, column));
                AddReader(at, column, text =>
                {
                    var key = TextFolding.Key(text);
                    return Placeholders.IsNoCode(key, text) ? -1 : identifiers.Add(key);
                });
                break;
            case IdentityField.BirthDate when BirthDates is null:
                BirthDates = column;
                _readers.Add(records => AddDates(records.Columns[at], name, column));
                break;
            case IdentityField.MiddleName when Middles is null && Given is not null:
                Middles = column;
                AddReader(at, column, text => Names.Add(NamePool.Clean(text)));
                break;
            case IdentityField.Age when Ages is null:
                Ages = column;
                AddReader(at, column, AgeOf);
                break;
            case IdentityField.Gender when Genders is null:
                Genders = column;
                AddReader(at, column, GenderOf);
                break;
            case IdentityField.Company:
                var companies = new CompanyColumn(name, column, [], new TextPool(), NewColumn());
                var companyOf = new Dictionary<string, int>(StringComparer.Ordinal);
                Companies.Add(companies);
                AddReader(at, column, text => Company(text, companies.Values, companyOf));
                if (Given is not null || Of(IdentityField.BirthDate).Length > 0)
                    AddReader(at, companies.Cores, text => companies.CoreTexts.Add(string.Join(' ', CompanyName.Parse(text).Core)));
                break;
            case IdentityField.Country when Given is null && _layout.Any(one => one.Field == IdentityField.Company):
                var (countries, countryLetters, countryValues) = (new TextPool(), new PairLetters(), new List<string>());
                Attributes.Add((name, countries, countryLetters, column, countryValues));
                AddReader(at, column, text => Attribute(CompanyPlaces.Country(text), countries, countryLetters, countryValues));
                break;
            case IdentityField.StreetLine or IdentityField.Other:
                var (texts, letters, values) = (new TextPool(), new PairLetters(), new List<string>());
                if (field == IdentityField.StreetLine)
                    SecondLine ??= column;
                Attributes.Add((name, texts, letters, column, values));
                AddReader(at, column, text => Attribute(text, texts, letters, values));
                break;
            default:
                // Names and homes have been read; titles, regions and countries take no part of their own.
                break;
        }
    }

    private void AddReader(int at, CodeColumn target, Func<string, int> read) => _readers.Add(records =>
    {
        var column = records.Columns[at];
        var codes = PerLevel(column, read);
        foreach (var code in column.Codes)
            target.Add(code < 0 ? -1 : codes[code]);
    });

    private void AddDates(RecordColumn column, string name, CodeColumn target)
    {
        if (!_dateOrders.TryGetValue(name, out var told) || !Enum.TryParse<DateOrder>(told, out var order))
        {
            order = BirthDateForm.OrderOf(column.Levels);
            _dateOrders[name] = order.ToString();
        }

        var codes = PerLevel(column, text =>
        {
            var day = BirthDateForm.Read(text, order);
            Span<char> digits = stackalloc char[8];
            return day > 0 && day.TryFormat(digits, out _, "D8", CultureInfo.InvariantCulture) ? Dates.Add(digits) : -1;
        });
        foreach (var code in column.Codes)
            target.Add(code < 0 ? -1 : codes[code]);
    }

    private static void AddEmails(RecordColumn column, EmailColumn target)
    {
        var codes = PerLevel(column, text =>
        {
            Span<char> address = text.Length < 240 ? stackalloc char[256] : new char[text.Length + 16];
            var length = EmailForm.Write(text, address, out var mark);
            return length == 0 ? (Address: -1, Local: -1) : (Address: target.Texts.Add(address[..length]), Local: target.LocalTexts.Add(address[..mark]));
        });
        foreach (var code in column.Codes)
        {
            target.Codes.Add(code < 0 ? -1 : codes[code].Address);
            target.Locals.Add(code < 0 ? -1 : codes[code].Local);
        }
    }

    private static int GenderOf(string text) => TextFolding.Fold(text) switch
    {
        "f" or "female" or "femme" or "feminin" or "w" or "weiblich" or "frau" or "mujer" or "femenino" or "femmina" or "donna" or "vrouw" or "v" => 0,
        "m" or "male" or "homme" or "masculin" or "mannlich" or "maennlich" or "mann" or "hombre" or "masculino" or "maschio" or "uomo" or "man" or "h" => 1,
        _ => -1,
    };

    private static int AgeOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var years) && years is > 0 and <= 130 ? (int)years : -1;

    private static int Company(string text, List<string> values, Dictionary<string, int> codeOf)
    {
        if (Placeholders.IsNobody(TextFolding.Fold(text)))
            return -1;
        var name = text.Trim();
        if (!codeOf.TryGetValue(name, out var code))
        {
            code = values.Count;
            values.Add(name);
            codeOf.Add(name, code);
        }

        return code;
    }

    private static int Attribute(string text, TextPool texts, PairLetters letters, List<string> values)
    {
        var folded = TextFolding.Fold(text);
        if (Placeholders.IsNobody(folded))
            return -1;
        var code = texts.Add(folded);
        if (code == values.Count)
        {
            letters.Add(folded);
            values.Add(folded);
        }

        return code;
    }
}
