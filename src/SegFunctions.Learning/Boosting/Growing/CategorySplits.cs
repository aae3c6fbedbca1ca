namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>
/// The best set of categories. Few categories: each alone against the rest. Many: sorted by gradient per curvature and cut once, which
/// finds the best of all subsets (Fisher 1958; for trees Breiman et al. 1984, theorem 4.5).
/// </summary>
/// <remarks>
/// So many subsets fit noise as well: k categories without any effect gain about k · 2/π. Three things hold against that: smoothing
/// pulls thin categories to the middle before they are sorted, those with too few rows are pooled, and the gain is multiplied by the
/// James–Stein factor 1 − (k − 1) φ / Σ z² of the categories' standardised gradients z (James &amp; Stein 1961), which is near 0 when they
/// scatter as noise of dispersion φ does.
/// </remarks>
internal static class CategorySplits
{
    /// <param name="bins">The node's histogram of the column: its categories' bins, then the one of missing values.</param>
    /// <param name="best">Replaced by a split of greater gain.</param>
    public static void Find(ReadOnlySpan<long> bins, int used, in SplitRules rules, in NodeSums node, ref Split best)
    {
        if (bins.Length - 1 <= rules.Options.OneVersusRest)
            FindAlone(bins, used, rules, node, ref best);
        else
            FindSorted(bins, used, rules, node, ref best);
    }

    private static void FindAlone(ReadOnlySpan<long> bins, int used, in SplitRules rules, in NodeSums node, ref Split best)
    {
        for (var bin = 0; bin < bins.Length; bin++)
        {
            if (bins[bin] == 0 || !Improves(bins[bin], rules.Options.L2, 1, used, rules, node, ref best))
                continue;
            best.LeftBins = default;
            best.LeftBins.Add(bin);
            Settle(bins, node, ref best);
        }
    }

    private static void FindSorted(ReadOnlySpan<long> bins, int used, in SplitRules rules, in NodeSums node, ref Split best)
    {
        var options = rules.Options;
        var thin = rules.CurvatureOf(options.MinCategoryRows, node);
        Span<double> keys = stackalloc double[bins.Length];
        Span<int> order = stackalloc int[bins.Length];
        var count = 0;
        var pooled = 0L;
        for (var bin = 0; bin < bins.Length; bin++)
        {
            if (bins[bin] == 0)
                continue;
            if (rules.Curvature(bins[bin]) < thin)
            {
                pooled += bins[bin];
                continue;
            }

            keys[count] = Key(bins[bin], rules);
            order[count++] = bin;
        }

        const int Pool = -1;
        if (pooled != 0)
        {
            keys[count] = Key(pooled, rules);
            order[count++] = Pool;
        }

        if (count < 2)
            return;
        var trust = Trust(bins, order[..count], pooled, rules, node);
        if (trust <= 0)
            return;
        keys[..count].Sort(order[..count]);
        var left = 0L;
        var cut = -1;
        for (var i = 0; i < count - 1; i++)
        {
            left += order[i] == Pool ? pooled : bins[order[i]];
            if (Improves(left, options.L2 + options.CategoryL2, trust, used, rules, node, ref best))
                cut = i;
        }

        if (cut < 0)
            return;
        best.LeftBins = default;
        for (var i = 0; i <= cut; i++)
        {
            if (order[i] != Pool)
            {
                best.LeftBins.Add(order[i]);
                continue;
            }

            for (var bin = 0; bin < bins.Length; bin++)
            {
                if (bins[bin] != 0 && rules.Curvature(bins[bin]) < thin)
                    best.LeftBins.Add(bin);
            }
        }

        Settle(bins, node, ref best);
    }

    private static double Key(long word, in SplitRules rules) => rules.Gradient(word) / (rules.Curvature(word) + rules.Options.CategorySmoothing);

    /// <summary>How much of the scatter between categories is more than noise, 0 to 1.</summary>
    private static double Trust(ReadOnlySpan<long> bins, ReadOnlySpan<int> order, long pooled, in SplitRules rules, in NodeSums node)
    {
        var slope = rules.Gradient(node.Word) / rules.Curvature(node.Word);
        var scatter = 0.0;
        foreach (var bin in order)
        {
            var word = bin < 0 ? pooled : bins[bin];
            var curvature = rules.Curvature(word);
            var off = rules.Gradient(word) - (slope * curvature);
            if (curvature > 0)
                scatter += off * off / curvature;
        }

        return scatter > 0 ? 1 - ((order.Length - 1) * rules.Dispersion / scatter) : 0;
    }

    private static bool Improves(long left, double l2, double trust, int used, in SplitRules rules, in NodeSums node, ref Split best)
    {
        var (leftGradient, leftCurvature) = (rules.Gradient(left), rules.Curvature(left));
        var (gradient, curvature) = (rules.Gradient(node.Word), rules.Curvature(node.Word));
        var least = rules.LeastCurvature(node);
        if (leftCurvature < least || curvature - leftCurvature < least)
            return false;
        var worth = rules.Worth(leftGradient, leftCurvature, l2, node.Lower, node.Upper)
            + rules.Worth(gradient - leftGradient, curvature - leftCurvature, l2, node.Lower, node.Upper);
        var gain = trust * (worth - rules.Worth(gradient, curvature, rules.Options.L2, node.Lower, node.Upper));
        if (!(gain > Math.Max(best.Gain, rules.Options.MinGain)) || gain <= 1e-12 * worth)
            return false;
        best.Gain = gain;
        best.Used = used;
        best.LastLeft = -1;
        best.LeftWord = left;
        return true;
    }

    /// <summary>Sends categories the node has not seen, and missing values if it has seen none, to the side of more curvature; categories with missing ones.</summary>
    private static void Settle(ReadOnlySpan<long> bins, in NodeSums node, ref Split best)
    {
        var missing = bins.Length - 1;
        best.MissingLeft = bins[missing] != 0
            ? best.LeftBins.Has(missing)
            : GradientPairs.CurvatureOf(best.LeftWord) * 2 >= GradientPairs.CurvatureOf(node.Word);
        for (var bin = 0; best.MissingLeft && bin < bins.Length; bin++)
        {
            if (bins[bin] == 0)
                best.LeftBins.Add(bin);
        }
    }
}
