using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Compares days of birth, as the digits yyyymmdd.</summary>
internal sealed class BirthDateComparison(TextPool dates, CodeColumn birthDates, ValueFrequency frequency) : Comparison("birthDate", isShared: false, Comparing.Levels.BirthDate)
{
    // Twins: about one pair of a household in seventy.
    private const float MostAtHome = 6.2f;

    public override IReadOnlyList<ValueFrequency> Frequencies { get; } = [frequency];

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (birthDates[left], birthDates[right]);
        if (one < 0 || other < 0)
            return Silent;
        if (one == other)
        {
            Add(frequency.Bits(one), 0, MostAtHome, ref surprise);
            return 1;
        }

        var a = dates[one];
        var b = dates[other];
        var sameYear = a[..4].SequenceEqual(b[..4]);
        // A year alone has no day to compare.
        if (a[4..].SequenceEqual("0000"u8) || b[4..].SequenceEqual("0000"u8))
            return sameYear ? 5 : 6;
        var sameMonth = a[4..6].SequenceEqual(b[4..6]);
        var sameDay = a[6..].SequenceEqual(b[6..]);
        if (sameYear && a[4..6].SequenceEqual(b[6..]) && a[6..].SequenceEqual(b[4..6]))
            return 2;
        if (dates.Distance(one, other, 1) == 1)
            return 3;
        if ((sameYear ? 1 : 0) + (sameMonth ? 1 : 0) + (sameDay ? 1 : 0) == 2)
            return 4;
        return sameYear ? 5 : 6;
    }
}

/// <summary>Compares years of age, which grow from one record to the next.</summary>
internal sealed class AgeComparison(CodeColumn ages, ValueFrequency frequency) : ValueComparison("age", isShared: false, Comparing.Levels.Age, ages, frequency, MostAtHome)
{
    private const int Near = 2;

    // Couples are of one age more often than strangers.
    private const float MostAtHome = 4;

    protected override int Differing(int one, int other) => Math.Abs(one - other) <= Near ? 2 : 3;
}

/// <summary>Compares telephone numbers.</summary>
internal sealed class PhoneComparison(string name, TextPool texts, CodeColumn phones, ValueFrequency frequency)
    : ValueComparison(name, isShared: true, Comparing.Levels.Phone, phones, frequency, mostAtHome: 0)
{
    protected override int Differing(int one, int other) => texts.Distance(one, other, 1) == 1 ? 2 : 3;
}

/// <summary>Compares numbers and codes of which each person has one.</summary>
internal sealed class IdentifierComparison(string name, TextPool texts, CodeColumn identifiers, ValueFrequency frequency)
    : ValueComparison(name, isShared: false, Comparing.Levels.Identifier, identifiers, frequency, MostAtHome)
{
    private const float MostAtHome = 12;
    private const int ShortestToSlip = 6;

    protected override int Differing(int one, int other) =>
        Math.Min(texts.Length(one), texts.Length(other)) >= ShortestToSlip && texts.Distance(one, other, 1) == 1 ? 2 : 3;
}

/// <summary>Compares texts of a kind that nothing is known of.</summary>
/// <param name="home">Where the texts are second lines of addresses, these, for the two lines are exchanged at times; else null.</param>
internal sealed class AttributeComparison(string name, TextPool texts, PairLetters letters, CodeColumn values, HomeParts? home, ValueFrequency frequency) : Comparison(name, isShared: true, Comparing.Levels.Attribute)
{
    private const int Long = 20;
    private const double Similar = 0.9;
    private const double LongSimilar = 0.75;
    private const double LongRelated = 0.5;

    public override IReadOnlyList<ValueFrequency> Frequencies { get; } = [frequency];

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (values[left], values[right]);
        if (one < 0 || other < 0)
            return Silent;
        if (one == other)
        {
            Add(frequency.Bits(one), 0, 0, ref surprise);
            return 1;
        }

        if (home is not null && home.AreExchanged(left, right))
            return Silent;
        if (Math.Min(letters.Count(one), letters.Count(other)) >= Long)
        {
            var dice = letters.Dice(one, other);
            return dice >= LongSimilar ? 2 : dice >= LongRelated ? 3 : 4;
        }

        return IsSlip(texts, one, other) || texts.Similarity(one, other) >= Similar ? 2 : 4;
    }
}
