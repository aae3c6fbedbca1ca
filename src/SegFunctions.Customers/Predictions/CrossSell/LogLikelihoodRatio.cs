using SegFunctions.Learning;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>Whether two items are bought by the same customers more often than chance would have it.</summary>
/// <remarks>
/// Dunning (1993), "Accurate methods for the statistics of surprise and coincidence": −2 log λ of independence in the 2 × 2 table of
/// customers, G² = 2 Σ observed · ln(observed ÷ expected), which holds for rare items where χ² does not. Under independence G² is the
/// square of a standard normal.
/// </remarks>
internal static class LogLikelihoodRatio
{
    /// <param name="both">Customers with both items.</param>
    /// <param name="first">Customers with the first.</param>
    /// <param name="second">Customers with the second.</param>
    /// <param name="all">Customers.</param>
    public static double Of(int both, int first, int second, int all)
    {
        var sum = Term(both, (double)first * second / all)
            + Term(first - both, first * ((double)all - second) / all)
            + Term(second - both, ((double)all - first) * second / all)
            + Term(all - first - second + both, ((double)all - first) * ((double)all - second) / all);
        return Math.Max(0, 2 * sum);
    }

    /// <summary>The value that G² passes with the chance of <paramref name="significance"/> in even one of <paramref name="tests"/> pairs without relation (Bonferroni).</summary>
    public static double Threshold(double significance, double tests)
    {
        var z = NormalDistribution.Quantile(significance / Math.Max(1, tests) / 2);
        return z * z;
    }

    private static double Term(double observed, double expected) => observed > 0 ? observed * Math.Log(observed / expected) : 0;
}
