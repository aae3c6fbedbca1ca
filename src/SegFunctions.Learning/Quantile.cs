namespace SegFunctions.Learning;

/// <summary>Sample quantiles by linear interpolation (type 7 of Hyndman &amp; Fan 1996, the default of NumPy and R).</summary>
internal static class Quantile
{
    /// <param name="sorted">Ascending, at least one value.</param>
    /// <param name="share">0 to 1.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        if (below + 1 >= sorted.Length)
            return sorted[^1];
        return sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
