namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Mutual information of two partitions corrected for chance (Vinh, Epps &amp; Bailey, "Information theoretic measures for clusterings comparison", JMLR 11,
/// 2010): (I − E[I]) / (mean of both entropies − E[I]), E under the permutation model, exact. 1 for the same partition whatever its names, about 0 for
/// unrelated ones.
/// </summary>
/// <remarks>
/// The arithmetic mean, as scikit-learn takes. Unlike it, the same partition scores 1 also where every row is a cluster. Better suited than
/// <see cref="AdjustedRandIndex"/> where clusters differ much in size. Noise: see <see cref="NoiseRows"/>; labels below 0 are labels here like all others.
/// Cost O(n) and, for the expectation, O(n · different sizes of clusters).
/// </remarks>
public static class AdjustedMutualInformation
{
    /// <param name="first">One label a row, any integers.</param>
    /// <param name="second">One label a row, any integers.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Of(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        var table = Contingency.Of(first, second);
        if (table.Same)
            return 1;
        var expected = Expected(table.Rows, table.First, table.Second);
        var greatest = (table.Entropy(table.First) + table.Entropy(table.Second)) / 2;
        var room = greatest - expected;
        // One partition of single rows and one of a single cluster leave no room: neither says anything about the other.
        return Math.Abs(room) < 1e-15 ? 0 : (table.MutualInformation - expected) / room;
    }

    /// <summary>E[I] (Vinh et al., eq. 24a). It depends on the sizes alone, so equal sizes are dealt with once.</summary>
    private static double Expected(int rows, ICollection<long> first, ICollection<long> second)
    {
        var logFactorials = new double[rows + 1];
        for (var i = 2; i <= rows; i++)
            logFactorials[i] = logFactorials[i - 1] + Math.Log(i);
        var inSecond = Grouped(second);
        var sum = 0.0;
        foreach (var (a, timesA) in Grouped(first))
        {
            foreach (var (b, timesB) in inSecond)
            {
                var marginal = logFactorials[a] + logFactorials[b] + logFactorials[rows - a] + logFactorials[rows - b] - logFactorials[rows];
                var own = 0.0;
                for (var both = Math.Max(1, (long)a + b - rows); both <= Math.Min(a, b); both++)
                {
                    var n = (int)both;
                    var probability = Math.Exp(marginal - logFactorials[n] - logFactorials[a - n] - logFactorials[b - n] - logFactorials[rows - a - b + n]);
                    own += (double)n / rows * Math.Log((double)n * rows / ((double)a * b)) * probability;
                }

                sum += own * timesA * timesB;
            }
        }

        return sum;
    }

    private static List<(int Size, double Times)> Grouped(ICollection<long> sizes) =>
        [.. sizes.GroupBy(size => size).OrderBy(group => group.Key).Select(group => ((int)group.Key, (double)group.Count()))];
}
