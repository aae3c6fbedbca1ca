using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>The parts of an address, each a number per record; what a table has not is −1 throughout.</summary>
/// <param name="Texts">Numbers, streets, flats, towns and postal codes.</param>
/// <param name="Dwellings">Number and street and flat together.</param>
/// <param name="Lines">The second line of the address, written as a street is: at times the two lines are exchanged.</param>
internal sealed record HomeParts(
    TextPool Texts, CodeColumn Numbers, CodeColumn Streets, CodeColumn Flats, CodeColumn Cities, CodeColumn PostalCodes, CodeColumn Dwellings, CodeColumn Lines)
{
    /// <summary>Whether the street of one record stands in the second line of the other, and not in its place.</summary>
    public bool AreExchanged(int left, int right) => (Lines[left] >= 0 || Lines[right] >= 0) && !AreNear(Streets[left], Streets[right]) && (AreNear(Streets[left], Lines[right]) || AreNear(Lines[left], Streets[right]));

    private bool AreNear(int one, int other) => one >= 0 && other >= 0 && (one == other || HomeComparison.AreStreetsNear(Texts, one, other));
}

/// <summary>Compares where people live: street, number, flat, town and postal code as one, because they change as one.</summary>
internal sealed class HomeComparison(HomeParts parts, ValueFrequency dwellings, ValueFrequency streets, ValueFrequency cities, ValueFrequency postalCodes) : Comparison("home", isShared: true, Comparing.Levels.Home)
{
    private const double Similar = 0.9;

    public override IReadOnlyList<ValueFrequency> Frequencies { get; } = [dwellings, streets, cities, postalCodes];

    private enum Part
    {
        Silent,
        Differs,
        Near,
        Equal,
    }

    private enum Town
    {
        Silent,
        Differs,
        Partly,
        Same,
    }

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var town = TownOf(left, right, out var postal, out var city);
        var street = PartOf(parts.Streets[left], parts.Streets[right], allowSimilar: true);
        if (street is Part.Differs or Part.Silent && parts.AreExchanged(left, right))
            street = Part.Near;
        if (street == Part.Silent)
        {
            switch (town)
            {
                case Town.Silent:
                    return Silent;
                case Town.Same:
                    AddTown(left, postal, city, ref surprise);
                    return 7;
                case Town.Partly:
                    AddTown(left, postal, city, ref surprise);
                    return 8;
                default:
                    return 9;
            }
        }

        var number = PartOf(parts.Numbers[left], parts.Numbers[right], allowSimilar: false);
        var flat = PartOf(parts.Flats[left], parts.Flats[right], allowSimilar: false);
        if (street >= Part.Near && number != Part.Differs && flat != Part.Differs)
        {
            var isExact = street == Part.Equal && number is Part.Equal or Part.Silent && flat is Part.Equal or Part.Silent;
            if (town == Town.Differs)
            {
                if (isExact)
                {
                    AddBits(dwellings, parts.Dwellings[left], ref surprise);
                    return 3;
                }
            }
            else if (isExact && parts.Dwellings[left] == parts.Dwellings[right])
            {
                AddBits(dwellings, parts.Dwellings[left], ref surprise);
                return 1;
            }
            else if (number != Part.Silent || parts.Numbers[left] == parts.Numbers[right])
            {
                return 2;
            }
        }

        if (street == Part.Equal && town != Town.Differs)
        {
            AddBits(streets, parts.Streets[left], ref surprise);
            return 4;
        }

        switch (town)
        {
            case Town.Same:
                AddTown(left, postal, city, ref surprise);
                return 5;
            case Town.Partly:
                AddTown(left, postal, city, ref surprise);
                return 6;
            default:
                return 10;
        }
    }

    private Town TownOf(int left, int right, out Part postal, out Part city)
    {
        postal = PartOf(parts.PostalCodes[left], parts.PostalCodes[right], allowSimilar: false);
        city = PartOf(parts.Cities[left], parts.Cities[right], allowSimilar: true);
        if (postal == Part.Silent && city == Part.Silent)
            return Town.Silent;
        if (postal == Part.Equal || city == Part.Equal)
        {
            // A slip in one of the two leaves the town what it was.
            return postal is Part.Equal or Part.Near or Part.Silent && city is Part.Equal or Part.Near or Part.Silent ? Town.Same : Town.Partly;
        }

        return postal == Part.Near && city == Part.Near ? Town.Partly : Town.Differs;
    }

    private Part PartOf(int one, int other, bool allowSimilar)
    {
        if (one < 0 || other < 0)
            return Part.Silent;
        if (one == other)
            return Part.Equal;
        var texts = parts.Texts;
        if (!allowSimilar)
        {
            // 12 and 21, 12 and 12b; not 1 and 2.
            var shortest = Math.Min(texts.Length(one), texts.Length(other));
            return shortest >= 2 && texts.Distance(one, other, 1) == 1 ? Part.Near : Part.Differs;
        }

        return AreStreetsNear(texts, one, other) ? Part.Near : Part.Differs;
    }

    /// <summary>Whether two streets or towns are one, spelled otherwise.</summary>
    internal static bool AreStreetsNear(TextPool texts, int one, int other) => IsSlip(texts, one, other) || texts.Similarity(one, other) >= Similar || IsWithoutDirection(texts[one], texts[other]);

    /// <summary>"West Third Street" and "Third Street".</summary>
    private static bool IsWithoutDirection(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var longer = one.Length > other.Length ? one : other;
        var shorter = one.Length > other.Length ? other : one;
        if (!longer.EndsWith(shorter))
            return false;
        var rest = longer[..^shorter.Length];
        return rest.SequenceEqual("north "u8) || rest.SequenceEqual("south "u8) || rest.SequenceEqual("east "u8) || rest.SequenceEqual("west "u8);
    }

    /// <summary>The rarer of what agrees: the postal code mostly says the town.</summary>
    private void AddTown(int row, Part postal, Part city, ref Surprise surprise)
    {
        var bits = 0f;
        if (postal == Part.Equal)
            bits = postalCodes.Bits(parts.PostalCodes[row]);
        if (city == Part.Equal)
            bits = Math.Max(bits, cities.Bits(parts.Cities[row]));
        Add(bits, 0, 0, ref surprise);
    }

    private void AddBits(ValueFrequency frequency, int code, ref Surprise surprise)
    {
        if (code >= 0)
            Add(frequency.Bits(code), 0, 0, ref surprise);
    }
}
