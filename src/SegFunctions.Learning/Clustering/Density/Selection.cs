using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Quickselect (Hoare 1961) with the middle of three as pivot; a range that does not shrink is sorted, so the cost stays O(n log n).</summary>
internal static class Selection
{
    private const int FewKeys = 24;

    /// <summary>Puts the smallest <paramref name="count"/> keys first, in any order, and moves the items along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(Span<double> keys, Span<int> items, int count)
    {
        var rounds = 4 * (32 - int.LeadingZeroCount(keys.Length));
        while (count > 0 && count < keys.Length)
        {
            if (keys.Length <= FewKeys || rounds-- == 0)
            {
                keys.Sort(items);
                return;
            }

            var split = Partition(keys, items);
            if (count <= split)
            {
                keys = keys[..split];
                items = items[..split];
            }
            else
            {
                keys = keys[split..];
                items = items[split..];
                count -= split;
            }
        }
    }

    /// <summary>Keys before the answer are at most the pivot, those from it on at least; neither side is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Partition(Span<double> keys, Span<int> items)
    {
        var (a, b, c) = (keys[0], keys[keys.Length / 2], keys[^1]);
        var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
        var left = -1;
        var right = keys.Length;
        while (true)
        {
            do
                left++;
            while (keys[left] < pivot);
            do
                right--;
            while (keys[right] > pivot);
            if (left >= right)
                return Math.Clamp(right + 1, 1, keys.Length - 1);
            (keys[left], keys[right]) = (keys[right], keys[left]);
            (items[left], items[right]) = (items[right], items[left]);
        }
    }
}
