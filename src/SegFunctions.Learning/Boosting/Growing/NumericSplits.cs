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

        // Lanes beyond the last border leave nothing for the right side and are refused there.
        sums.Slice(values, Lanes).Fill(node.Word);
        if (missing == 0)
        {
            if (Scan(sums, values - 1, 0, used, monotone, rules, node, ref best))
                best.MissingLeft = GradientPairs.CurvatureOf(best.LeftWord) * 2 >= GradientPairs.CurvatureOf(node.Word);
            return;
        }

        if (Scan(sums, values, 0, used, monotone, rules, node, ref best))
            best.MissingLeft = false;
        if (Scan(sums, values - 1, missing, used, monotone, rules, node, ref best))
            best.MissingLeft = true;
    }

    /// <param name="sums">Running sums over the bins.</param>
    /// <param name="count">Borders to try.</param>
    /// <param name="missing">What goes left with every border.</param>
    private static bool Scan(ReadOnlySpan<long> sums, int count, long missing, int used, int monotone, in SplitRules rules, in NodeSums node, ref Split best)
    {
        var (gradient, curvature) = (rules.Gradient(node.Word), rules.Curvature(node.Word));
        var l2 = rules.Options.L2;
        var least = Vector512.Create(rules.LeastCurvature(node));
        var (allGradient, allCurvature) = (Vector512.Create(gradient), Vector512.Create(curvature));
        var (gradientUnit, curvatureUnit) = (Vector512.Create(rules.GradientUnit), Vector512.Create(rules.CurvatureUnit));
        var low = Vector512.Create(0xFFFF_FFFFL);
        var leaf = new LeafLanes(rules.Options.L1, l2, node);
        var direction = Vector512.Create((double)monotone);
        var greatest = Vector512.Create(double.NegativeInfinity);
        var places = Vector512<long>.Zero;
        var place = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
        for (var border = 0; border < count; border += Lanes)
        {
            var word = Vector512.Create(sums.Slice(border, Lanes)) + Vector512.Create(missing);
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

        // With missing values on the left the last border would leave nothing on the right.
        if (at < 0 || at >= count)
            return false;
        var gain = most - rules.Worth(gradient, curvature, l2, node.Lower, node.Upper);
        // What rounding makes of no difference at all is no gain.
        if (!(gain > Math.Max(best.Gain, rules.Options.MinGain)) || gain <= 1e-12 * most)
            return false;
        best.Gain = gain;
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
