using System.Globalization;
using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Testing.People;

namespace SegFunctions.Customers.Tests.Identity.Linking;

/// <summary>Tables of other shapes than a customer base, where each once misled the model.</summary>
public sealed class OtherTablesTests
{
    private static readonly string[] Given = ["James", "Mary", "Robert", "Linda", "Michael", "Susan", "David", "Karen", "Thomas", "Nancy", "Daniel", "Laura", "Peter", "Julia", "Martin", "Helen", "Simon", "Alice", "Frank", "Diana"];

    private readonly Random _random = new(7);

    [Fact]
    public void Colleagues_whose_addresses_are_their_first_names_are_as_many_people()
    {
        var (rows, truth) = (new List<string[]>(), new List<int>());
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        for (var person = 0; person < 900; person++)
        {
            var (given, family, company) = (One(Given), Word(2), _random.Next(40));
            var address = $"{given}@firm{company}.example".ToLowerInvariant();
            if (!addresses.Add(address))
                address = $"{given}.{family}@firm{company}.example".ToLowerInvariant();
            string[] record = [given, family, $"Firm{(char)('A' + (company / 2))}{(company % 2 == 0 ? "ora" : "ilex")} Systems Ltd", address];
            Add(rows, truth, person, record);
            if (person % 8 == 0)
                Add(rows, truth, person, [Slip(given), family, record[2], ""]);
        }

        var pairs = Link(rows, truth, IdentityField.GivenName, IdentityField.FamilyName, IdentityField.Company, IdentityField.Email);
        Assert.True(pairs.Precision >= 0.97 && pairs.Recall >= 0.9, $"{pairs}");
    }

    [Fact]
    public void Mother_and_daughter_of_one_name_are_told_apart_by_age_and_middle_name()
    {
        var (rows, truth) = (new List<string[]>(), new List<int>());
        for (var person = 0; person < 1000; person += 2)
        {
            string[] mother = [One(Given), One(Given), Word(2), Age(45, 90), $"{_random.Next(1, 900)} {Word(2)} Street", Word(1)];
            string[] daughter = [_random.Next(8) == 0 ? mother[0] : One(Given), One(Given), mother[2], Age(18, 40), mother[4], mother[5]];
            Add(rows, truth, person, mother);
            Add(rows, truth, person + 1, daughter);
            if (person % 6 == 0)
                Add(rows, truth, person, [Slip(mother[0]), mother[1][..1], mother[2], mother[3], mother[4], mother[5]]);
        }

        var pairs = Link(rows, truth, IdentityField.GivenName, IdentityField.MiddleName, IdentityField.FamilyName, IdentityField.Age, IdentityField.Street, IdentityField.City);
        Assert.True(pairs.Precision >= 0.98 && pairs.Recall >= 0.93, $"{pairs}");
    }

    [Fact]
    public void Shops_of_one_chain_are_as_many_shops_and_one_written_twice_is_one()
    {
        var (rows, truth) = (new List<string[]>(), new List<int>());
        for (var shop = 0; shop < 500; shop++)
        {
            string[] record = [shop % 12 == 0 ? $"Planet {(char)('A' + (shop / 12 % 4))}xos Grill" : $"{Word(2)} {Word(1)} Kitchen", $"{_random.Next(1, 999)} W. {Word(2)} St.", Word(1), $"{_random.Next(200, 999)}-{_random.Next(1_000_000, 9_999_999)}"];
            Add(rows, truth, shop, record);
            if (shop % 7 == 0)
                Add(rows, truth, shop, ["The " + record[0], record[1].Replace("W. ", "", StringComparison.Ordinal).Replace("St.", "street between Elm and Oak", StringComparison.Ordinal), record[2], record[3].Replace("-", "/", StringComparison.Ordinal)]);
        }

        var pairs = Link(rows, truth, IdentityField.Company, IdentityField.Street, IdentityField.City, IdentityField.Phone);
        Assert.True(pairs.Precision >= 0.97 && pairs.Recall >= 0.95, $"{pairs}");
    }

    [Fact]
    public void Namesakes_of_a_land_of_few_names_are_told_apart_by_their_days_of_birth()
    {
        string[] given = ["Иван", "Мария", "Ольга", "Пётр", "Анна", "Андрей", "王", "李", "محمد", "فاطمة"];
        string[] family = ["Иванов", "Петров", "Орлов", "Παππάς", "芳", "敏", "المصري", "الحسن"];
        string[] towns = ["Москва", "上海", "القاهرة", "Αθήνα"];
        var (rows, truth) = (new List<string[]>(), new List<int>());
        for (var person = 0; person < 1500; person++)
        {
            string[] record = [One(given), One(family), new DateTime(1940, 1, 1).AddDays(_random.Next(24_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), One(towns)];
            Add(rows, truth, person, record);
            if (person % 10 == 0)
                Add(rows, truth, person, [record[0], _random.Next(2) == 0 ? record[1] : One(family), record[2], record[3]]);
        }

        var pairs = Link(rows, truth, IdentityField.GivenName, IdentityField.FamilyName, IdentityField.BirthDate, IdentityField.City);
        Assert.True(pairs.Precision >= 0.93 && pairs.Recall >= 0.85, $"{pairs}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_records_that_are_alike_are_one_though_there_are_no_others(int records)
    {
        var rows = new List<string[]> { new[] { "Ann Winterbottom", "ann.w@mail.example" }, new[] { "Ann Winterbottom", "ann.w@mail.example" }, new[] { "Otto Barth", "otto@box.example" } };
        var pairs = Link(rows[..records], [.. Enumerable.Range(0, records).Select(row => Math.Max(1, row))], IdentityField.FullName, IdentityField.Email);
        Assert.Equal((1, 1), (pairs.Precision, pairs.Recall));
    }

    private static PairCounts Link(List<string[]> rows, List<int> truth, params IdentityField[] fields)
    {
        var builder = new RecordSetBuilder([.. fields.Select(field => ($"{field}", field))]);
        for (var row = 0; row < rows.Count; row++)
            builder.Add(row.ToString(CultureInfo.InvariantCulture), rows[row]);
        return PairCounts.Of(IdentityIndex.Build(builder.Build(), new IdentityOptions()).Link().Clusters, [.. truth]);
    }

    private static void Add(List<string[]> rows, List<int> truth, int entity, string[] record)
    {
        rows.Add(record);
        truth.Add(entity);
    }

    private string One(string[] words) => words[_random.Next(words.Length)];

    private string Age(int least, int most) => _random.Next(least, most).ToString(CultureInfo.InvariantCulture);

    private string Word(int syllables)
    {
        string[] starts = ["Bar", "Kel", "Mor", "Tan", "Vil", "Dor", "Ash", "Lin", "Gar", "Sel", "Pem", "Hol"];
        string[] ends = ["ton", "wick", "ford", "mann", "berg", "low", "ness", "by", "ster", "dale", "quist", "rup"];
        return string.Concat(Enumerable.Range(0, syllables).Select(at => at == 0 ? One(starts) : One(ends).Insert(0, One(["a", "e", "i", "o"])))) + One(ends);
    }

    private string Slip(string text)
    {
        var at = 1 + _random.Next(text.Length - 1);
        return text.Remove(at, 1);
    }
}
