using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>The best border of a numeric column, missing values on either side; eight borders at a time.</summary>
internal static class NumericSplits
{
    private const int Lanes = 8;

    /// <param name="bins">The node's histogram of the column: its values' bins, then the one of missing values.</param>
    /// <param name="monotone">1 when the right side must not be below the left, −1 when not above, 0 for either.</param>
    /// <param name="best">Replaced by a split of greater gain.</param>
    [SkipLocalsInit]
    public static void Find(ReadOnlySpan<long> bins, int used, int monotone, in SplitRules rules, in NodeSums node, ref Split best)
    {
        var values = bins.Length - 1;
        var missing = bins[values];
        Span<long> sums = stackalloc long[256 + Lanes];
        var sum = 0L;
        for (var bin = 0; bin < values; bin++)
        {
            sum += bins[bin];
            sums[bin] = sum;
        }

        if (missing == 0)
        {
            if (Scan(sums, values - 1, 0, used, monotone, rules, node, ref best))
                best.MissingLeft = GradientPairs.CurvatureOf(best.LeftWord) * 2 >= GradientPairs.CurvatureOf(node.Word);
            return;
        }

        if (Scan(sums, values - 1, 0, used, monotone, rules, node, ref best))
            best.MissingLeft = false;
        AllAgainstMissing(node.Word - missing, values - 1, used, rules, node, ref best);
        if (Scan(sums, values - 1, missing, used, monotone, rules, node, ref best))
            best.MissingLeft = true;
    }

    /// <summary>All values on the left, missing ones on the right. Tells no two values apart, so no monotone direction binds it.</summary>
    private static void AllAgainstMissing(long left, int last, int used, in SplitRules rules, in NodeSums node, ref Split best)
    {
        var (leftGradient, leftCurvature) = (rules.Gradient(left), rules.Curvature(left));
        var (gradient, curvature) = (rules.Gradient(node.Word), rules.Curvature(node.Word));
        var least = rules.LeastCurvature(node);
        if (leftCurvature < least || curvature - leftCurvature < least)
            return;
        var l2 = rules.Options.L2;
        var worth = rules.Worth(leftGradient, leftCurvature, l2, node.Lower, node.Upper) + rules.Worth(gradient - leftGradient, curvature - leftCurvature, l2, node.Lower, node.Upper);
        if (Gains(worth, rules, node, ref best))
            (best.Used, best.LastLeft, best.LeftWord, best.MissingLeft) = (used, last, left, false);
    }

    /// <summary>Whether two leaves are worth more than the node by more than the best split so far, whose gain is then theirs.</summary>
    private static bool Gains(double worth, in SplitRules rules, in NodeSums node, ref Split best)
    {
        var gain = worth - rules.Worth(rules.Gradient(node.Word), rules.Curvature(node.Word), rules.Options.L2, node.Lower, node.Upper);
        // What rounding makes of no difference at all is no gain.
        if (!(gain > Math.Max(best.Gain, rules.Options.MinGain)) || gain <= 1e-12 * Math.Abs(worth))
            return false;
        best.Gain = gain;
        return true;
    }

    /// <param name="sums">Running sums over the bins; those from <paramref name="count"/> on are overwritten.</param>
    /// <param name="count">Borders to try.</param>
    /// <param name="missing">What goes left with every border.</param>
    private static bool Scan(Span<long> sums, int count, long missing, int used, int monotone, in SplitRules rules, in NodeSums node, ref Split best)
    {
        var (gradient, curvature) = (rules.Gradient(node.Word), rules.Curvature(node.Word));
        var least = Vector512.Create(rules.LeastCurvature(node));
        var (allGradient, allCurvature) = (Vector512.Create(gradient), Vector512.Create(curvature));
        var (gradientUnit, curvatureUnit) = (Vector512.Create(rules.GradientUnit), Vector512.Create(rules.CurvatureUnit));
        var low = Vector512.Create(0xFFFF_FFFFL);
        var leaf = new LeafLanes(rules.Options.L1, rules.Options.L2, node);
        var direction = Vector512.Create((double)monotone);
        var greatest = Vector512.Create(double.NegativeInfinity);
        // Lanes beyond the last border leave nothing for the right side and are refused.
        sums.Slice(count, Lanes).Fill(node.Word - missing);
        var places = Vector512<long>.Zero;
        var place = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
        for (var border = 0; border < count; border += Lanes)
        {
            var word = Vector512.Create<long>(sums.Slice(border, Lanes)) + Vector512.Create(missing);
            var leftGradient = Vector512.ConvertToDouble(word >> 32) * gradientUnit;
            var leftCurvature = Vector512.ConvertToDouble(word & low) * curvatureUnit;
            var rightGradient = allGradient - leftGradient;
            var rightCurvature = allCurvature - leftCurvature;
            var allowed = Vector512.GreaterThanOrEqual(leftCurvature, least) & Vector512.GreaterThanOrEqual(rightCurvature, least);
            Vector512<double> worth;
            if (rules.Bounded)
            {
                var left = leaf.Value(leftGradient, leftCurvature);
                var right = leaf.Value(rightGradient, rightCurvature);
                allowed &= Vector512.GreaterThanOrEqual((right - left) * direction, Vector512<double>.Zero);
                worth = leaf.Worth(leftGradient, leftCurvature, left) + leaf.Worth(rightGradient, rightCurvature, right);
            }
            else
            {
                worth = leaf.Worth(leftGradient, leftCurvature) + leaf.Worth(rightGradient, rightCurvature);
            }

            // Strictly greater: among equals the first border stays.
            var better = allowed & Vector512.GreaterThan(worth, greatest);
            greatest = Vector512.ConditionalSelect(better, worth, greatest);
            places = Vector512.ConditionalSelect(better.AsInt64(), place, places);
            place += Vector512.Create((long)Lanes);
        }

        var (most, at) = (double.NegativeInfinity, -1L);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var worth = greatest[lane];
            if (worth > most || (worth == most && places[lane] < at))
                (most, at) = (worth, places[lane]);
        }

        if (at < 0 || !Gains(most, rules, node, ref best))
            return false;
        best.Used = used;
        best.LastLeft = (int)at;
        best.LeftWord = sums[(int)at] + missing;
        return true;
    }

    /// <summary><see cref="SplitRules"/>, eight leaves at a time.</summary>
    private readonly struct LeafLanes(double l1, double l2, in NodeSums node)
    {
        private readonly Vector512<double> _l1 = Vector512.Create(l1);
        private readonly Vector512<double> _l2 = Vector512.Create(l2);
        private readonly Vector512<double> _lower = Vector512.Create(node.Lower);
        private readonly Vector512<double> _upper = Vector512.Create(node.Upper);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Worth(Vector512<double> gradient, Vector512<double> curvature)
        {
            var shrunk = Vector512.Max(Vector512.Abs(gradient) - _l1, Vector512<double>.Zero);
            return shrunk * shrunk / (curvature + _l2);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Value(Vector512<double> gradient, Vector512<double> curvature)
        {
            var shrunk = Vector512.Max(Vector512.Abs(gradient) - _l1, Vector512<double>.Zero);
            var value = Vector512.CopySign(shrunk, -gradient) / (curvature + _l2);
            return Vector512.Min(Vector512.Max(value, _lower), _upper);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Worth(Vector512<double> gradient, Vector512<double> curvature, Vector512<double> value) =>
            -((2 * gradient * value) + ((curvature + _l2) * value * value) + (2 * _l1 * Vector512.Abs(value)));
    }
}
