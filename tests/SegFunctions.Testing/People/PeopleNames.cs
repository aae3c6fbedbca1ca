using System.Globalization;

namespace SegFunctions.Testing.People;

/// <summary>Names of people, towns and streets, made of syllables, a few of them frequent and most rare.</summary>
internal sealed class PeopleNames
{
    private const string GivenNames =
        "james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica thomas sarah christopher karen charles lisa daniel nancy matthew betty anthony margaret mark sandra "
        + "donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth carol kevin amanda brian melissa george deborah timothy stephanie ronald rebecca edward sharon jason laura jeffrey cynthia ryan dorothy "
        + "jacob kathleen gary amy nicholas angela eric shirley jonathan anna stephen brenda larry pamela justin emma scott nicole brandon helen benjamin samantha samuel katherine gregory christine alexander debra patrick rachel "
        + "frank carolyn raymond janet jack catherine dennis maria jerry heather tyler diane aaron ruth jose julie adam olivia nathan joyce henry virginia zachary victoria douglas kelly peter lauren kyle christina noah joan "
        + "ethan evelyn jeremy judith walter megan christian andrea keith cheryl roger hannah terry jacqueline austin martha sean gloria gerald teresa carl ann dylan sara harold madison jordan frances jesse kathryn bryan janice "
        + "lawrence jean arthur abigail gabriel alice bruce julia logan judy albert sophia willie grace alan denise wayne amber elijah doris roy marilyn juan danielle ralph beverly randy isabella eugene theresa vincent diana "
        + "pierre camille lucas chloe hugo manon luis ana carlos lucia hans greta klaus ingrid jan femke sven astrid paolo giulia marco elena ivan olga pedro ines omar leila ali fatima wei mei hiroshi yuki raj priya";

    private static readonly string[] Onsets = "b c d f g h j k l m n p r s t v w br cl cr dr fl fr gr kl kr pl pr sch sh sl sm st str th tr wh z".Split(' ');
    private static readonly string[] Vowels = "a e i o u a e i o ai ea ee ei ie oo ou au".Split(' ');
    private static readonly string[] Ends = "n r s l t m d k x ck ll nn rd rt ns nd ng tt sh ch th ley man son ton er ski ez ini berg feld mann wood ford well ham by".Split(' ');
    private static readonly string[] StreetKinds = ["street", "road", "avenue", "lane", "drive", "court", "place", "way", "close", "terrace"];

    private readonly double[] _surnameShares;

    public PeopleNames(PeopleOptions options)
    {
        // Names are the same for every seed, as a country's are.
        var random = new Random(20_240_601);
        Surnames = Distinct(options.Surnames, random, 1, 3);
        Given = GivenNames.Split(' ');
        var towns = Distinct(3000, random, 1, 3);
        Towns = [.. towns.Select((name, at) => (name, First: 10_000 + (at * 29), Codes: 1 + (60 / (1 + (at / 10)))))];
        Streets = [.. Distinct(6000, random, 1, 2).Select((name, at) => $"{name} {StreetKinds[at % StreetKinds.Length]}")];
        _surnameShares = Shares(Surnames.Length, 0.85);
        GivenShares = Shares(Given.Length, 0.8);
        TownShares = Shares(Towns.Length, 0.8);
    }

    public string[] Surnames { get; }

    public string[] Given { get; }

    public (string Name, int First, int Codes)[] Towns { get; }

    public string[] Streets { get; }

    private double[] GivenShares { get; }

    private double[] TownShares { get; }

    public string Surname(Random random) => Surnames[Draw(_surnameShares, random)];

    public string GivenName(Random random) => Given[Draw(GivenShares, random)];

    public (string Street, string City, string PostalCode) Home(Random random)
    {
        var town = Towns[Draw(TownShares, random)];
        var postal = town.First + random.Next(town.Codes);
        // Each postal code has streets of its own choice.
        var street = Streets[((postal * 7919) + random.Next(40)) % Streets.Length];
        return (string.Create(CultureInfo.InvariantCulture, $"{1 + (int)(Math.Pow(random.NextDouble(), 1.5) * 180)} {street}"), town.Name, postal.ToString(CultureInfo.InvariantCulture));
    }

    private static int Draw(double[] cumulated, Random random)
    {
        var at = Array.BinarySearch(cumulated, random.NextDouble());
        return Math.Min(cumulated.Length - 1, at < 0 ? ~at : at);
    }

    /// <summary>Cumulated shares after G. Zipf: the n-th name is as frequent as 1/n to the power.</summary>
    private static double[] Shares(int count, double power)
    {
        var shares = new double[count];
        double sum = 0;
        for (var at = 0; at < count; at++)
            shares[at] = sum += Math.Pow(at + 3, -power);
        for (var at = 0; at < count; at++)
            shares[at] /= sum;
        return shares;
    }

    private static string[] Distinct(int count, Random random, int least, int most)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (names.Count < count)
        {
            var name = "";
            for (var syllables = random.Next(least, most); syllables >= 0; syllables--)
                name += Onsets[random.Next(Onsets.Length)] + Vowels[random.Next(Vowels.Length)] + (syllables == 0 || random.Next(3) == 0 ? Ends[random.Next(Ends.Length)] : "");
            if (name.Length is >= 4 and <= 13)
                names.Add(name);
        }

        return [.. names];
    }
}
