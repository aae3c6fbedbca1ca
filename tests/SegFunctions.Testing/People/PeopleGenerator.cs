using System.Globalization;
using System.Text;

namespace SegFunctions.Testing.People;

/// <summary>Simulates a customer base of people, many of whom share a home, and some of whom stand in it again, spelled otherwise.</summary>
public static class PeopleGenerator
{
    private static readonly string[] Providers = ["mail.example", "post.example", "web.example.net", "inbox.example.org", "box.example.com"];

    /// <summary>The records in random order, each with the number of its person.</summary>
    public static IReadOnlyList<(Person Record, int Person)> Generate(PeopleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var names = new PeopleNames(options);
        var corruption = new Corruption(names);
        var random = new Random(options.Seed);
        var duplicates = (int)(options.Rows * options.DuplicateShare);
        var people = new List<Person>(options.Rows);
        while (people.Count < options.Rows - duplicates)
            AddHousehold(people, options.Rows - duplicates, names, options, random);
        var records = people.Select((person, at) => (person, at)).ToList();
        for (var i = 0; i < duplicates; i++)
        {
            var at = random.Next(people.Count);
            var record = people[at];
            for (var left = 1 + random.Next(options.MostCorruptions); left > 0; left--)
                record = corruption.Apply(record, random);
            records.Add((record, at));
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));
        return records;
    }

    /// <summary>The records as CSV with ids r0, r1, …</summary>
    public static void Write(TextWriter writer, IReadOnlyList<(Person Record, int Person)> records, PeopleOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(options);
        writer.Write("id,first_name,last_name," + (options.BirthDates ? "birth_date," : "") + "email,phone,street,city,postal_code\n");
        var line = new StringBuilder();
        for (var row = 0; row < records.Count; row++)
        {
            var record = records[row].Record;
            line.Clear().Append(CultureInfo.InvariantCulture, $"r{row},{record.Given},{record.Family},");
            if (options.BirthDates)
                line.Append(record.BirthDate).Append(',');
            line.Append(CultureInfo.InvariantCulture, $"{record.Email},{record.Phone},{record.Street},{record.City},{record.PostalCode}\n");
            writer.Write(line);
        }
    }

    private static void AddHousehold(List<Person> people, int most, PeopleNames names, PeopleOptions options, Random random)
    {
        var (street, city, postalCode) = names.Home(random);
        var family = names.Surname(random);
        var landline = Digits("0", 9, random);
        var size = random.NextDouble() < options.HouseholdShare / 2 ? 2 + random.Next(3) : 1;
        var shared = random.NextDouble() < 0.05 ? $"{family}.{random.Next(100)}@{Providers[random.Next(Providers.Length)]}" : null;
        string? birthday = null;
        var household = new HashSet<string>(StringComparer.Ordinal);
        for (var member = 0; member < size && people.Count < most; member++)
        {
            // A family calls nobody as another is called, the elder and the younger excepted.
            var given = names.GivenName(random);
            while (household.Contains(given) && random.NextDouble() < 0.98)
                given = names.GivenName(random);
            household.Add(given);
            var surname = member > 0 && random.NextDouble() < 0.2 ? names.Surname(random) : family;
            // Twins, once in a while.
            var isTwin = birthday is not null && random.NextDouble() < 0.01;
            var birth = isTwin ? birthday! : new DateTime(1935, 1, 1).AddDays(random.Next(25_500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            birthday = birth;
            people.Add(new Person
            {
                Given = given,
                Family = surname,
                BirthDate = options.BirthDates ? birth : "",
                Email = random.NextDouble() < options.EmailMissing ? "" : shared ?? Email(given, surname, random),
                Phone = random.NextDouble() < options.PhoneMissing ? "" : random.NextDouble() < 0.4 ? landline : Digits("07", 9, random),
                Street = street,
                City = city,
                PostalCode = postalCode,
            });
        }
    }

    private static string Email(string given, string family, Random random)
    {
        var provider = Providers[random.Next(Providers.Length)];
        return random.Next(4) switch
        {
            0 => $"{given}.{family}{random.Next(1000)}@{provider}",
            1 => $"{given[..1]}{family}{random.Next(10_000)}@{provider}",
            2 => $"{family}_{given}{random.Next(100)}@{provider}",
            _ => $"{given}{random.Next(100_000)}@{provider}",
        };
    }

    private static string Digits(string start, int count, Random random)
    {
        var text = new StringBuilder(start);
        for (var i = 0; i < count; i++)
            text.Append((char)('0' + random.Next(10)));
        return text.ToString();
    }
}
