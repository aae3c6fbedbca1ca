using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Compares one value of each record: a missing one says nothing, nor does one that too many share, and the same one says the more the rarer it is.</summary>
/// <param name="mostAtHome">Bits that agreement surprises at most in a household.</param>
internal abstract class ValueComparison(string name, bool isShared, ComparisonLevel[] levels, CodeColumn values, ValueFrequency frequency, float mostAtHome)
    : Comparison(name, isShared, levels)
{
    public sealed override IReadOnlyList<ValueFrequency> Frequencies { get; } = [frequency];

    public sealed override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (values[left], values[right]);
        return Settled(one, other, frequency, mostAtHome, ref surprise) ?? Differing(one, other);
    }

    /// <summary>The level of two values that are not the same.</summary>
    protected abstract int Differing(int one, int other);
}
