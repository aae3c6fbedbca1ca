using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Blocking;

/// <summary>Writes what a record can be found by.</summary>
/// <param name="grams">The rarest letters of each text; null where the table has enough other things to find records by.</param>
/// <param name="companies">Names of companies; empty where the records are people, who are found by their own.</param>
internal sealed class AtomWriter(Traits traits, IReadOnlyList<GramColumn> grams, IReadOnlyList<CompanyComparison> companies)
{
    /// <summary>Most atoms of a record.</summary>
    public const int Most = 64;

    public int Write(int row, Span<Atom> atoms)
    {
        var count = 0;
        if (traits.Given is { } given && given[row] >= 0)
            atoms[count++] = new Atom(traits.Names.Key(given[row]), AtomKind.Name);
        if (traits.Family is { } family && family[row] >= 0 && (count == 0 || atoms[0].Hash != traits.Names.Key(family[row])))
            atoms[count++] = new Atom(traits.Names.Key(family[row]), AtomKind.Name);
        if (traits.BirthDates is { } dates && dates[row] >= 0 && !traits.Dates[dates[row]].EndsWith("0000"u8))
            atoms[count++] = Tagged(1, traits.Dates.Hash(dates[row]), AtomKind.Date);
        if (traits.Home is { } home)
        {
            if (home.Streets[row] >= 0)
                atoms[count++] = Tagged(2, home.Texts.Hash(home.Streets[row]) ^ (home.Numbers[row] < 0 ? 0 : ulong.RotateLeft(home.Texts.Hash(home.Numbers[row]), 17)), AtomKind.Dwelling);
            if (home.PostalCodes[row] >= 0)
                atoms[count++] = Tagged(3, home.Texts.Hash(home.PostalCodes[row]), AtomKind.Place);
            if (home.Cities[row] >= 0)
                atoms[count++] = Tagged(4, home.Texts.Hash(home.Cities[row]), AtomKind.Place);
        }

        foreach (var emails in traits.Emails)
        {
            if (emails.Codes[row] < 0 || count + 2 > Most)
                continue;
            atoms[count++] = Tagged(5, emails.Texts.Hash(emails.Codes[row]), AtomKind.Alone);
            atoms[count++] = Tagged(6, emails.LocalTexts.Hash(emails.Locals[row]), AtomKind.Attribute);
        }

        foreach (var (_, texts, codes) in traits.Phones)
        {
            if (codes[row] >= 0 && count < Most)
                atoms[count++] = Tagged(7, texts.Hash(codes[row]), AtomKind.Alone);
        }

        for (var at = 0; at < traits.Identifiers.Count && count < Most; at++)
        {
            var (_, texts, codes) = traits.Identifiers[at];
            if (codes[row] >= 0)
                atoms[count++] = Tagged(16 + (ulong)at, texts.Hash(codes[row]), AtomKind.Alone);
        }

        for (var at = 0; at < traits.Attributes.Count && count < Most; at++)
        {
            var (_, texts, _, codes, _) = traits.Attributes[at];
            if (codes[row] >= 0)
                atoms[count++] = Tagged(64 + (ulong)at, texts.Hash(codes[row]), AtomKind.Attribute);
        }

        foreach (var company in companies)
        {
            foreach (var key in company.Keys(row))
            {
                if (count < Most)
                    atoms[count++] = new Atom(key, AtomKind.Alone);
            }
        }

        foreach (var column in grams)
        {
            foreach (var gram in column.Rarest(row))
            {
                if (count < Most)
                    atoms[count++] = new Atom(gram, AtomKind.Gram);
            }
        }

        return count;
    }

    private static Atom Tagged(ulong tag, ulong hash, AtomKind kind) => new(Key.Mix(hash + (tag * 0x9E3779B97F4A7C15)), kind);
}

/// <summary>Hashes of combined atoms, the same in any order.</summary>
internal static class Key
{
    public static ulong Of(ulong one, ulong other) => Mix(one + other + 2);

    public static ulong Of(ulong one, ulong other, ulong third) => Mix(one + other + third + 3);

    /// <summary>The finalizer of SplitMix64.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
