using SegFunctions.Customers.Identity.Normalisation;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Compares given names; where given and family name stand in each other's place, it speaks for both.</summary>
internal sealed class GivenNameComparison(NamePool names, CodeColumn given, CodeColumn family, ValueFrequency frequency, ValueFrequency families) : Comparison("givenName", isShared: false, Comparing.Levels.Given)
{
    // Of a hundred pairs of a household at most one shares its first name, for a family calls nobody as another is called, and of a
    // thousand at least three do: the elder and the younger.
    private const float LeastAtHome = 6.6f;
    private const float MostAtHome = 8.4f;
    private const double Similar = 0.85;

    // A slip of a long name says more than that two are forms of one: "Marie-Christine", "Marie-Xhristine".
    private const int LongName = 8;

    // Shorter names resemble too many others for both to be exchanged and misspelled.
    private const int ShortestCrossed = 4;

    public override IReadOnlyList<ValueFrequency> Frequencies { get; } = [frequency];

    /// <summary>Whether the two names of one record stand exchanged in the other, a slip in one or both allowed.</summary>
    public bool AreSwapped(int left, int right)
    {
        var (leftGiven, leftFamily, rightGiven, rightFamily) = (given[left], family[left], given[right], family[right]);
        if (leftGiven < 0 || leftFamily < 0 || rightGiven < 0 || rightFamily < 0 || leftGiven == rightGiven || leftFamily == rightFamily)
            return false;
        if (leftGiven == rightFamily || leftFamily == rightGiven)
            return IsNear(leftGiven, rightFamily) && IsNear(leftFamily, rightGiven) && !IsNear(leftGiven, rightGiven);
        // With a slip in both they must look less like each other as they stand.
        return IsNear(leftGiven, rightFamily) && IsNear(leftFamily, rightGiven) && !IsNear(leftGiven, rightGiven) && !IsNear(leftFamily, rightFamily)
            && Math.Min(names.Texts.Length(leftGiven), names.Texts.Length(leftFamily)) >= ShortestCrossed;
    }

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (given[left], given[right]);
        if (one >= 0 && one == other)
        {
            Add(frequency.Bits(one), LeastAtHome, MostAtHome, ref surprise);
            return 1;
        }

        if (AreSwapped(left, right))
        {
            if (one != family[right] || other != family[left])
                return 8;
            // As frequent as the names are where they belong: turned, even a common one is rare.
            var straight = frequency.Bits(one) + families.Bits(family[left]);
            var turned = frequency.Bits(other) + families.Bits(family[right]);
            Add(straight <= turned ? frequency.Bits(one) : frequency.Bits(other), LeastAtHome, MostAtHome, ref surprise);
            surprise.Shared += straight <= turned ? families.Bits(family[left]) : families.Bits(family[right]);
            return 7;
        }

        if (one < 0 || other < 0)
            return Silent;
        var texts = names.Texts;
        if (IsShort(texts[one], texts[other], out var isInitial))
            return isInitial ? 5 : 6;
        var isNickname = names.AreNicknames(one, other);
        if ((!isNickname || Math.Min(texts.Length(one), texts.Length(other)) >= LongName) && (IsSlip(texts, one, other) || names.LookAlike(one, other)))
            return 3;
        if (isNickname)
            return 2;
        return texts.Similarity(one, other) >= Similar || names.SoundAlike(one, other) ? 4 : 9;
    }

    private bool IsNear(int one, int other) => one == other || names.Texts.Similarity(one, other) >= Similar || names.AreNicknames(one, other) || IsShort(names.Texts[one], names.Texts[other], out _);

    /// <summary>"J" and "John", "Rob" and "Robert", "John" and "John Michael", "J M" and "John Michael".</summary>
    /// <param name="isInitial">A letter alone says less than a beginning.</param>
    private static bool IsShort(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, out bool isInitial)
    {
        isInitial = false;
        if (one.Length > other.Length)
        {
            var longer = one;
            one = other;
            other = longer;
        }

        if (one[0] != other[0])
            return false;
        var blank = one.IndexOf((byte)' ');
        var first = blank < 0 ? one : one[..blank];
        var otherBlank = other.IndexOf((byte)' ');
        var otherFirst = otherBlank < 0 ? other : other[..otherBlank];
        isInitial = first.Length == 1 || otherFirst.Length == 1;
        return isInitial || (one.Length >= 3 && other.StartsWith(one)) || ((blank < 0 || otherBlank < 0) && first.SequenceEqual(otherFirst));
    }
}

/// <summary>Compares family names.</summary>
internal sealed class FamilyNameComparison(NamePool names, CodeColumn family, ValueFrequency frequency, GivenNameComparison? givenNames) : Comparison("familyName", isShared: true, Comparing.Levels.Family)
{
    private const double Similar = 0.88;

    public override IReadOnlyList<ValueFrequency> Frequencies { get; } = [frequency];

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (family[left], family[right]);
        if (one < 0 || other < 0)
            return Silent;
        if (one == other)
        {
            Add(frequency.Bits(one), 0, 0, ref surprise);
            return 1;
        }

        if (givenNames is not null && givenNames.AreSwapped(left, right))
            return Silent;
        var texts = names.Texts;
        if (IsSlip(texts, one, other) || names.LookAlike(one, other))
            return 2;
        if (IsPart(texts[one], texts[other]))
            return 4;
        return texts.Similarity(one, other) >= Similar || names.SoundAlike(one, other) ? 3 : 5;
    }

    /// <summary>"Garcia" and "Garcia Lopez", "Schwarzen" and "Schwarzenberg": one name holds the other's words, or its beginning.</summary>
    private static bool IsPart(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length > other.Length)
        {
            var longer = one;
            one = other;
            other = longer;
        }

        return one.Length >= 3 && other.Length > one.Length
            && ((other.StartsWith(one) && (one.Length >= 4 || other[one.Length] == ' ')) || (other.EndsWith(one) && other[^(one.Length + 1)] == ' '));
    }
}

/// <summary>Compares middle names.</summary>
internal sealed class MiddleNameComparison(NamePool names, CodeColumn middles, ValueFrequency frequency)
    : ValueComparison("middleName", isShared: false, Comparing.Levels.MiddleName, middles, frequency, MostAtHome)
{
    // Sisters and brothers are called after one aunt.
    private const float MostAtHome = 5;
    private const double Similar = 0.85;

    protected override int Differing(int one, int other)
    {
        var texts = names.Texts;
        if (Math.Min(texts.Length(one), texts.Length(other)) == 1)
            return texts[one][0] == texts[other][0] ? 3 : 4;
        return IsSlip(texts, one, other) || names.LookAlike(one, other) || names.AreNicknames(one, other) || texts.Similarity(one, other) >= Similar ? 2 : 4;
    }
}

/// <summary>Compares genders where names do not say them already.</summary>
internal sealed class GenderComparison(CodeColumn genders, CodeColumn? given) : Comparison("gender", isShared: false, Comparing.Levels.Gender)
{
    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (genders[left], genders[right]);
        if (one < 0 || other < 0 || (given is not null && given[left] == given[right] && given[left] >= 0))
            return Silent;
        return one == other ? 1 : 2;
    }
}

/// <summary>Compares Sr and Jr.</summary>
internal sealed class GenerationComparison(CodeColumn generations) : Comparison("generation", isShared: false, Comparing.Levels.Generation)
{
    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (generations[left], generations[right]);
        if (one < 0 && other < 0)
            return Silent;
        if (one == other)
            return 1;
        return one < 0 || other < 0 ? 2 : 3;
    }
}
