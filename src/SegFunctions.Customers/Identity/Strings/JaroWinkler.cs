using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegFunctions.Customers.Identity.Strings;

/// <summary>How alike two names are: Jaro's similarity with Winkler's bonus for a common beginning.</summary>
/// <remarks>
/// M. Jaro, "Advances in Record-Linkage Methodology…", JASA 84 (1989); W. Winkler, "String Comparator Metrics and Enhanced
/// Decision Rules in the Fellegi–Sunter Model of Record Linkage", ASA (1990): prefix weight 0.1, at most four letters. Matching
/// letters are found by bit masks instead of loops; the tests hold it to the plain definition.
/// </remarks>
internal static class JaroWinkler
{
    private const double PrefixWeight = 0.1;
    private const int LongestPrefix = 4;

    /// <summary>In [0, 1]; 1 for equal texts, 0 when either is empty and the other is not.</summary>
    public static double Similarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (paddedLeft, paddedRight) = (EqualBytes.Padded(left), EqualBytes.Padded(right));
        return Similarity(ref EqualBytes.First(paddedLeft), Math.Min(left.Length, EqualBytes.Longest), ref EqualBytes.First(paddedRight), Math.Min(right.Length, EqualBytes.Longest));
    }

    /// <param name="left">64 bytes from here are readable.</param>
    /// <param name="leftLength">At most 64.</param>
    /// <param name="right">64 bytes from here are readable.</param>
    /// <param name="rightLength">At most 64.</param>
    public static double Similarity(ref byte left, int leftLength, ref byte right, int rightLength)
    {
        var jaro = Jaro(ref left, leftLength, ref right, rightLength);
        var most = Math.Min(LongestPrefix, Math.Min(leftLength, rightLength));
        var prefix = 0;
        while (prefix < most && Unsafe.Add(ref left, prefix) == Unsafe.Add(ref right, prefix))
            prefix++;
        return jaro + (prefix * PrefixWeight * (1 - jaro));
    }

    private static double Jaro(ref byte left, int leftLength, ref byte right, int rightLength)
    {
        if (leftLength == 0 || rightLength == 0)
            return leftLength == rightLength ? 1 : 0;
        var reach = Math.Max(0, (Math.Max(leftLength, rightLength) / 2) - 1);
        var free = EqualBytes.Low(leftLength);
        ulong matchedRight = 0;
        for (var j = 0; j < rightLength; j++)
        {
            var window = EqualBytes.Low(j + reach + 1);
            if (j > reach)
                window &= ~EqualBytes.Low(j - reach);
            var found = EqualBytes.Mask(ref left, leftLength, Unsafe.Add(ref right, j)) & free & window;
            if (found == 0)
                continue;
            free &= ~(found & (0 - found));
            matchedRight |= 1UL << j;
        }

        var matchedLeft = EqualBytes.Low(leftLength) & ~free;
        var matches = BitOperations.PopCount(matchedRight);
        if (matches == 0)
            return 0;
        var displaced = 0;
        while (matchedRight != 0)
        {
            if (Unsafe.Add(ref left, BitOperations.TrailingZeroCount(matchedLeft)) != Unsafe.Add(ref right, BitOperations.TrailingZeroCount(matchedRight)))
                displaced++;
            matchedLeft &= matchedLeft - 1;
            matchedRight &= matchedRight - 1;
        }

        double m = matches;
        return ((m / leftLength) + (m / rightLength) + ((m - (displaced / 2)) / m)) / 3;
    }
}
