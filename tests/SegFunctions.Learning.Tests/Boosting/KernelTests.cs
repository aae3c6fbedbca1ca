using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Binning;
using SegFunctions.Learning.Boosting.Growing;

namespace SegFunctions.Learning.Tests.Boosting;

/// <summary>The hot loops of boosting beside the same in plain words.</summary>
public sealed class KernelTests
{
    [Fact]
    public void Histograms_are_sums_of_the_pairs_of_a_byte_at_any_number_of_rows_and_lanes()
    {
        var random = new Xoshiro256(6);
        foreach (var count in (int[])[0, 1, 2, 7, 23, 24, 25, 64, 257])
        {
            for (var lanes = 1; lanes <= 8; lanes++)
            {
                var bytes = Enumerable.Range(0, 300 * lanes).Select(_ => (byte)random.NextInt(256)).ToArray();
                var pairs = Enumerable.Range(0, 300).Select(_ => (long)(random.NextUInt64() >> 20) - (1L << 43)).ToArray();
                var rows = Enumerable.Range(0, count + HistogramKernel.Ahead).Select(_ => random.NextInt(300)).ToArray();
                var found = new long[lanes * HistogramKernel.Stride];
                HistogramKernel.Add(bytes, lanes, pairs, rows, found);
                var expected = new long[found.Length];
                foreach (var row in rows.AsSpan(0, count))
                {
                    for (var lane = 0; lane < lanes; lane++)
                        expected[(lane * HistogramKernel.Stride) + bytes[(row * lanes) + lane]] += pairs[row];
                }

                Assert.Equal(expected, found);
            }
        }
    }

    [Fact]
    public void Columns_that_share_a_lane_are_told_apart_again()
    {
        int[] bins = [1, 2, 2, 3, 4, 5, 11, 19, 38, 45, 200, 255];
        ColumnBins[] columns = [.. bins.Select(count => ColumnBins.Numeric([], count))];
        var lanes = new Lanes(columns, [.. Enumerable.Range(0, bins.Length)]);
        Assert.InRange(lanes.Count, 2, 6);
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var own = lanes.ColumnsOf(lane, lane + 1);
            Assert.Equal(own.Aggregate(1, (product, used) => product * (bins[used] + 1)), lanes.Numbers(lane));
            Assert.InRange(lanes.Numbers(lane), 1, Lanes.Most);
            var sums = Enumerable.Range(0, lanes.Numbers(lane)).Select(number => (long)number * number).ToArray();
            foreach (var used in own)
            {
                var expected = new long[bins[used] + 1];
                for (var number = 0; number < sums.Length; number++)
                    expected[lanes[used].BinOf(number)] += sums[number];
                var found = new long[expected.Length];
                lanes[used].Add(sums, found);
                Assert.Equal(expected, found);
            }

            // A row's number is that of one choice of bins, and of no other.
            var choices = Enumerable.Range(0, lanes.Numbers(lane)).Select(number => string.Join(' ', own.Select(used => lanes[used].BinOf(number)))).ToHashSet();
            Assert.Equal(lanes.Numbers(lane), choices.Count);
        }
    }

    [Fact]
    public void Numbers_sorted_by_their_bytes_ascend()
    {
        var random = new Xoshiro256(19);
        foreach (var count in (int[])[0, 1, 2, 3, 255, 256, 257, 5000])
        {
            foreach (var spread in (double[])[1e-310, 1, 1e300])
            {
                double[] values = [.. Enumerable.Range(0, count).Select(i => i % 7 == 0 ? 0 : i % 11 == 0 ? -0.0 : (random.NextDouble() - 0.5) * spread)];
                double[] expected = [.. values.Order()];
                RadixSort.Sort(values, new double[count]);
                Assert.Equal(expected, values);
            }
        }
    }

    [Fact]
    public void Borders_below_a_value_are_counted_at_any_number_of_borders()
    {
        foreach (var count in (int[])[0, 1, 2, 15, 16, 17, 31, 32, 128, 239, 240, 254, 255])
        {
            double[] borders = [.. Enumerable.Range(0, count).Select(border => border - 100.5)];
            var search = new BorderSearch(borders);
            double[] values = [-1e300, -100.5, -100.4, 0, 0.5, 3.2, 153.5, 154.5, 1e300, double.MaxValue, .. borders];
            foreach (var value in values)
                Assert.Equal(borders.Count(border => border < value), search.Below(value));
            Assert.Equal(0, search.Below(double.NaN));
        }
    }

    [Fact]
    public void A_pair_in_one_word_adds_subtracts_and_reads_back_exactly()
    {
        var random = new Xoshiro256(12);
        var (all, gradient, curvature) = (0L, 0L, 0L);
        var words = new List<long>();
        for (var i = 0; i < 1000; i++)
        {
            var (g, h) = ((long)random.NextInt(4_000_000) - 2_000_000, (long)random.NextInt(4_000_000));
            words.Add((g << 32) + h);
            (all, gradient, curvature) = (all + words[^1], gradient + g, curvature + h);
            Assert.Equal((g, h), (GradientPairs.GradientOf(words[^1]), GradientPairs.CurvatureOf(words[^1])));
        }

        Assert.Equal((gradient, curvature), (GradientPairs.GradientOf(all), GradientPairs.CurvatureOf(all)));
        var half = words.Take(500).Sum();
        Assert.Equal(words.Skip(500).Sum(), all - half);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0.5, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(0, 0, true)]
    [InlineData(0.3, -1, true)]
    public void The_best_border_is_that_of_trying_all_of_them(double l1, int monotone, bool bounded)
    {
        var random = new Xoshiro256(31);
        foreach (var values in (int[])[1, 2, 7, 8, 9, 16, 100, 254, 255])
        {
            for (var trial = 0; trial < 20; trial++)
            {
                var bins = Enumerable.Range(0, values + 1).Select(bin => bin == values && trial % 2 == 0 ? 0 : ((long)(random.NextInt(4000) - 2000) << 32) + random.NextInt(3000)).ToArray();
                var sum = bins.Sum();
                var bound = bounded ? 0.2 : double.PositiveInfinity;
                var options = new BoostingOptions { L1 = l1, L2 = 1, MinChildWeight = 2, MinLeafRows = 0, Monotone = monotone == 0 ? [] : [monotone], MaxStep = bound };
                var rules = new SplitRules(options, 1 / 1024.0, 1 / 1024.0, 1);
                var node = new NodeSums(sum, 500, -bound, bound);
                Split found = default;
                NumericSplits.Find(bins, 0, monotone, rules, node, ref found);
                Assert.Equal(BestGain(bins, monotone, rules, node), found.Gain, 1e-9);
            }
        }
    }

    private static double BestGain(long[] bins, int monotone, SplitRules rules, NodeSums node)
    {
        var best = 0.0;
        foreach (var missingLeft in (bool[])[false, true])
        {
            for (var last = 0; last < bins.Length - 1; last++)
            {
                var left = bins.Take(last + 1).Sum() + (missingLeft ? bins[^1] : 0);
                var right = node.Word - left;
                var least = rules.LeastCurvature(node);
                if (rules.Curvature(left) < least || rules.Curvature(right) < least)
                    continue;
                var (leftValue, rightValue) = (rules.Value(left, node.Lower, node.Upper), rules.Value(right, node.Lower, node.Upper));
                if (last < bins.Length - 2 && monotone * (rightValue - leftValue) < 0)
                    continue;
                best = Math.Max(best, Off(left, leftValue) + Off(right, rightValue) - Off(node.Word, rules.Value(node.Word, node.Lower, node.Upper)));
            }
        }

        return best;

        // What a leaf of that value takes off twice the penalised loss.
        double Off(long word, double value) =>
            -((2 * rules.Gradient(word) * value) + ((rules.Curvature(word) + rules.Options.L2) * value * value) + (2 * rules.Options.L1 * Math.Abs(value)));
    }
}
