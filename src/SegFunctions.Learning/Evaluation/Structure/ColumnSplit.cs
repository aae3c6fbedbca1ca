namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>One column cut in two where the squared deviations from both means are least (exact: with sorted values every cut is tried).</summary>
internal static class ColumnSplit
{
    /// <param name="sorted">Ascending.</param>
    /// <param name="prefix">Room for one more number than there are values.</param>
    /// <returns>The mean silhouette of the two parts; −1 for a constant column. O(n).</returns>
    public static double Silhouette(ReadOnlySpan<double> sorted, Span<double> prefix)
    {
        var n = sorted.Length;
        if (n < 2 || sorted[0] == sorted[^1])
            return -1;
        prefix[0] = 0;
        // Around the middle, so that a far-off origin costs no digits.
        var origin = sorted[n / 2];
        for (var i = 0; i < n; i++)
            prefix[i + 1] = prefix[i] + (sorted[i] - origin);
        var cut = BestCut(sorted, prefix[..(n + 1)]);
        var left = prefix[cut];
        var right = prefix[n] - left;
        var total = 0.0;
        for (var i = 0; i < n; i++)
        {
            var x = sorted[i] - origin;
            var inLeft = i < cut;
            var size = inLeft ? cut : n - cut;
            if (size == 1)
                continue;
            var (from, sum) = inLeft ? (0, left) : (cut, right);
            var below = prefix[i] - prefix[from];
            var inside = ((x * (i - from)) - below + (sum - below - x - (x * (size - (i - from) - 1)))) / (size - 1);
            var outside = inLeft ? (right / (n - cut)) - x : x - (left / cut);
            var scale = Math.Max(inside, outside);
            total += scale > 0 ? (outside - inside) / scale : 0;
        }

        return total / n;
    }

    /// <returns>How many values the lower part has; equal values stay together.</returns>
    private static int BestCut(ReadOnlySpan<double> sorted, ReadOnlySpan<double> prefix)
    {
        var n = sorted.Length;
        var best = 0;
        var greatest = double.NegativeInfinity;
        for (var cut = 1; cut < n; cut++)
        {
            if (sorted[cut] == sorted[cut - 1])
                continue;
            var upper = prefix[n] - prefix[cut];
            var between = (prefix[cut] * prefix[cut] / cut) + (upper * upper / (n - cut));
            if (between > greatest)
                (greatest, best) = (between, cut);
        }

        return best;
    }
}
