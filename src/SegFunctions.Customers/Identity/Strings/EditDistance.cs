using System.Runtime.CompilerServices;

namespace SegFunctions.Customers.Identity.Strings;

/// <summary>Letters inserted, left out, replaced or exchanged with their neighbour, at least, to make one text of the other.</summary>
/// <remarks>
/// The optimal string alignment distance (Damerau 1964, each place edited once), a whole column of the table at a time: G. Myers,
/// "A Fast Bit-Vector Algorithm for Approximate String Matching", JACM 46 (1999), with the neighbours' exchange after H. Hyyrö,
/// "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances", Nordic J. of Computing 10 (2003).
/// </remarks>
internal static class EditDistance
{
    /// <summary>Texts beyond 64 bytes are cut there.</summary>
    public static int Between(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (paddedLeft, paddedRight) = (EqualBytes.Padded(left), EqualBytes.Padded(right));
        return Between(ref EqualBytes.First(paddedLeft), Math.Min(left.Length, EqualBytes.Longest), ref EqualBytes.First(paddedRight), Math.Min(right.Length, EqualBytes.Longest));
    }

    /// <param name="left">64 bytes from here are readable.</param>
    /// <param name="leftLength">At most 64.</param>
    /// <param name="right">64 bytes from here are readable.</param>
    /// <param name="rightLength">At most 64.</param>
    public static int Between(ref byte left, int leftLength, ref byte right, int rightLength)
    {
        if (leftLength == 0 || rightLength == 0)
            return Math.Max(leftLength, rightLength);
        var positive = EqualBytes.Low(leftLength);
        ulong negative = 0;
        ulong diagonal = 0;
        ulong before = 0;
        var last = 1UL << (leftLength - 1);
        var distance = leftLength;
        for (var j = 0; j < rightLength; j++)
        {
            var equal = EqualBytes.Mask(ref left, leftLength, Unsafe.Add(ref right, j));
            var exchanged = ((~diagonal & equal) << 1) & before;
            diagonal = (((equal & positive) + positive) ^ positive) | equal | negative | exchanged;
            var horizontalPositive = negative | ~(diagonal | positive);
            var horizontalNegative = diagonal & positive;
            if ((horizontalPositive & last) != 0)
                distance++;
            else if ((horizontalNegative & last) != 0)
                distance--;
            horizontalPositive = (horizontalPositive << 1) | 1;
            horizontalNegative <<= 1;
            positive = horizontalNegative | ~(diagonal | horizontalPositive);
            negative = horizontalPositive & diagonal;
            before = equal;
        }

        return distance;
    }
}
