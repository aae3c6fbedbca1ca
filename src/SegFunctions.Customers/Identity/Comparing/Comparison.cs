using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Compares one field, or a few that belong together, of two records.</summary>
/// <remarks>
/// Fields that depend on each other are one comparison (a home is street, number, town and postal code), because evidence is added
/// up as if comparisons were independent given the truth (Fellegi and Sunter 1969, sec. 3.2).
/// </remarks>
internal abstract class Comparison(string name, bool isShared, ComparisonLevel[] levels)
{
    /// <summary>Level of a pair of which at least one record says nothing.</summary>
    public const int Silent = 0;

    public string Name => name;

    /// <summary>People of one household share it.</summary>
    public bool IsShared => isShared;

    /// <summary>The first says that there is nothing to compare.</summary>
    public ComparisonLevel[] Levels => levels;

    /// <summary>Frequencies of values that the comparison weighs by.</summary>
    public virtual IReadOnlyList<ValueFrequency> Frequencies => [];

    /// <summary>The likelihood ratios stand in the surprise already and are not learned.</summary>
    public virtual bool IsFixed => false;

    /// <summary>The level of a pair, in either order; adds how surprising the agreement is.</summary>
    public abstract int Compare(int left, int right, ref Surprise surprise);

    /// <summary>Adds the surprise of a level where <see cref="ComparisonLevel.ByFrequency"/> holds.</summary>
    /// <param name="leastAtHome">Bits that it surprises at least in a household.</param>
    /// <param name="mostAtHome">Bits that it surprises at most there.</param>
    protected void Add(float bits, float leastAtHome, float mostAtHome, ref Surprise surprise)
    {
        if (isShared)
        {
            surprise.Shared += bits;
        }
        else
        {
            surprise.Personal += bits;
            surprise.PersonalAtHome += Math.Clamp(bits, leastAtHome, mostAtHome);
        }
    }

    /// <summary>The level of two values of which one is missing or blocked, or which are the same; null where they have to be looked at.</summary>
    /// <param name="mostAtHome">Bits that agreement surprises at most in a household.</param>
    protected int? Settled(int one, int other, ValueFrequency frequency, float mostAtHome, ref Surprise surprise)
    {
        if (one < 0 || other < 0)
            return Silent;
        if (one != other)
            return null;
        if (frequency.IsBlocked(one))
            return Silent;
        Add(frequency.Bits(one), 0, mostAtHome, ref surprise);
        return 1;
    }

    /// <summary>Whether two texts differ by a slip of the finger.</summary>
    protected static bool IsSlip(TextPool pool, int left, int right)
    {
        var most = TextPool.Slip(pool.Length(left), pool.Length(right));
        return most > 0 && pool.Distance(left, right, most) <= most;
    }
}
