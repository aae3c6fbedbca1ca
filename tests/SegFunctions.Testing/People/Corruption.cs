namespace SegFunctions.Testing.People;

/// <summary>What happens to a record on its way into a customer base a second time.</summary>
internal sealed class Corruption(PeopleNames names)
{
    private static readonly (string From, string To)[] Sounds = [("ph", "f"), ("ck", "k"), ("c", "k"), ("ie", "y"), ("ee", "ea"), ("sch", "sh"), ("th", "t"), ("ou", "oo"), ("ei", "ai"), ("w", "v"), ("z", "s"), ("nn", "n"), ("ll", "l"), ("s", "z"), ("f", "ph"), ("k", "c")];
    private static readonly (string From, string To)[] Looks = [("o", "0"), ("l", "1"), ("m", "rn"), ("rn", "m"), ("cl", "d"), ("i", "l"), ("s", "5"), ("e", "c"), ("b", "6"), ("u", "v")];

    private static readonly Dictionary<string, string[]> PetNames = (
        "james:jim,jimmy robert:bob,rob john:jack,johnny michael:mike,mick david:dave william:bill,will elizabeth:liz,beth richard:rick,dick joseph:joe thomas:tom christopher:chris patricia:pat,patty jennifer:jen,jenny "
        + "susan:sue margaret:maggie,peggy charles:charlie,chuck daniel:dan matthew:matt anthony:tony steven:steve andrew:andy kenneth:ken joshua:josh timothy:tim edward:ed,ted jeffrey:jeff nicholas:nick jonathan:jon "
        + "benjamin:ben samuel:sam gregory:greg alexander:alex katherine:kate,kathy catherine:cathy rebecca:becky deborah:debbie barbara:barb jessica:jess kimberly:kim lawrence:larry frances:fran albert:al theresa:terry")
        .Split(' ').Select(entry => entry.Split(':')).ToDictionary(entry => entry[0], entry => entry[1].Split(','), StringComparer.Ordinal);

    public Person Apply(Person person, Random random)
    {
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                return InSomeField(person, random, text => Typo(text, random));
            case 3:
                return InSomeField(person, random, text => Exchange(text, random));
            case 4:
                return InSomeField(person, random, text => Replace(text, Looks, random));
            case 5:
                return random.Next(2) == 0 ? person with { Family = Replace(person.Family, Sounds, random) } : person with { Given = Replace(person.Given, Sounds, random) };
            case 6:
                return PetNames.TryGetValue(person.Given, out var pets) ? person with { Given = pets[random.Next(pets.Length)] } : person with { Given = Typo(person.Given, random) };
            case 7:
                return person with { Given = person.Family, Family = person.Given };
            case 8:
                var (street, city, postalCode) = names.Home(random);
                return person with { Street = street, City = city, PostalCode = postalCode };
            case 9:
                return random.Next(2) == 0 ? person with { Given = person.Given.Length > 0 ? person.Given[..1] : "" } : person with { Family = person.Family[..Math.Min(person.Family.Length, 5)] };
            default:
                return Without(person, random);
        }
    }

    private static Person InSomeField(Person person, Random random, Func<string, string> corrupt) => random.Next(7) switch
    {
        0 or 1 => person with { Family = corrupt(person.Family) },
        2 => person with { Given = corrupt(person.Given) },
        3 => person with { Street = corrupt(person.Street) },
        4 => person with { City = corrupt(person.City) },
        5 => person with { BirthDate = InDigits(person.BirthDate, random) },
        _ => random.Next(3) switch
        {
            0 => person with { Email = corrupt(person.Email) },
            1 => person with { Phone = InDigits(person.Phone, random) },
            _ => person with { PostalCode = InDigits(person.PostalCode, random) },
        },
    };

    private static Person Without(Person person, Random random) => random.Next(7) switch
    {
        0 => person with { Given = "" },
        1 => person with { Street = "" },
        2 => person with { City = "" },
        3 => person with { PostalCode = "" },
        4 => person with { BirthDate = "" },
        5 => person with { Email = "" },
        _ => person with { Phone = "" },
    };

    private static string Typo(string text, Random random)
    {
        if (text.Length < 2)
            return text;
        var at = random.Next(text.Length);
        var letter = (char)('a' + random.Next(26));
        return random.Next(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, letter.ToString()),
            _ => text.Remove(at, 1).Insert(at, letter.ToString()),
        };
    }

    private static string Exchange(string text, Random random)
    {
        if (text.Length < 2)
            return text;
        var at = random.Next(text.Length - 1);
        return text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
    }

    /// <summary>Another digit, or two neighbours exchanged.</summary>
    private static string InDigits(string text, Random random)
    {
        var digits = Enumerable.Range(0, text.Length).Where(at => char.IsAsciiDigit(text[at])).ToArray();
        if (digits.Length < 2)
            return text;
        var letters = text.ToCharArray();
        var at = random.Next(digits.Length - 1);
        if (random.Next(2) == 0)
            letters[digits[at]] = (char)('0' + random.Next(10));
        else
            (letters[digits[at]], letters[digits[at + 1]]) = (letters[digits[at + 1]], letters[digits[at]]);
        return new string(letters);
    }

    private static string Replace(string text, (string From, string To)[] pairs, Random random)
    {
        var start = random.Next(pairs.Length);
        for (var i = 0; i < pairs.Length; i++)
        {
            var (from, to) = pairs[(start + i) % pairs.Length];
            var at = text.IndexOf(from, StringComparison.Ordinal);
            if (at >= 0)
                return text[..at] + to + text[(at + from.Length)..];
        }

        return text;
    }
}
