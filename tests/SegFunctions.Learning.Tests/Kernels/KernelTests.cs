using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Tests.Kernels;

/// <summary>SIMD kernels against scalar loops, at every width of a lane and every tail.</summary>
public sealed class KernelTests
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 63, 64, 65, 127, 128, 129];

    public static TheoryData<int> AwkwardLengths => [.. Lengths];

    [Theory]
    [MemberData(nameof(AwkwardLengths))]
    public void Squared_distance_and_product_have_the_bits_of_the_eight_lane_sum(int length)
    {
        foreach (var scale in (double[])[1, 1e-310, 1e150])
        {
            var a = Values(length, 1, scale);
            var b = Values(length, 2, scale);
            Assert.Equal(EightLanes(length, (i, sum) => Math.FusedMultiplyAdd(a[i] - b[i], a[i] - b[i], sum)), Distance.Squared(a, b));
            Assert.Equal(EightLanes(length, (i, sum) => Math.FusedMultiplyAdd(a[i], b[i], sum)), Dot.Of(a, b));
            Assert.Equal(0, Distance.Squared(a, a));
        }
    }

    [Theory]
    [MemberData(nameof(AwkwardLengths))]
    public void NaN_and_infinity_anywhere_reach_the_result(int length)
    {
        for (var at = 0; at < length; at++)
        {
            var a = Values(length, 1, 1);
            var b = Values(length, 2, 1);
            a[at] = double.NaN;
            Assert.True(double.IsNaN(Distance.Squared(a, b)));
            Assert.True(double.IsNaN(Dot.Of(a, b)));
            a[at] = double.NegativeInfinity;
            Assert.Equal(double.PositiveInfinity, Distance.Squared(a, b));
        }
    }

    [Theory]
    [MemberData(nameof(AwkwardLengths))]
    public void Adding_rows_touches_every_element_once_and_none_beyond(int length)
    {
        var target = Values(length + 3, 1, 1);
        var row = Values(length, 2, 1);
        var plain = target.ToArray();
        var scaled = target.ToArray();
        Distance.AddTo(plain.AsSpan(0, length), row);
        Dot.AddScaled(scaled.AsSpan(0, length), row, -2.5);
        for (var i = 0; i < target.Length; i++)
        {
            Assert.Equal(i < length ? target[i] + row[i] : target[i], plain[i]);
            Assert.Equal(i < length ? Math.FusedMultiplyAdd(row[i], -2.5, target[i]) : target[i], scaled[i]);
        }
    }

    [Fact]
    public void Nearest_centres_have_the_bits_of_the_scalar_loop()
    {
        foreach (var columns in Lengths.Where(length => length > 0))
        {
            foreach (var clusters in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 16, 17])
            {
                foreach (var rows in (int[])[1, 7, 8, 9, 15, 16])
                    CompareNearest(rows, columns, clusters);
            }
        }
    }

    [Fact]
    public void Of_equally_near_centres_the_lower_number_is_taken()
    {
        var panel = new double[NearestCentroid.PanelRows];
        NearestCentroid.Pack([0.0], [0.0], 1, panel);
        var best = new double[16];
        var second = new double[16];
        var nearest = new int[16];
        NearestCentroid.Find(panel, [2.0, -1, 1, -1, 1, 3], [2, 0.5, 0.5, 0.5, 0.5, 4.5], best, second, nearest);
        Assert.All(nearest, index => Assert.Equal(1, index));
        Assert.Equal(best, second);
    }

    private static void CompareNearest(int rows, int columns, int clusters)
    {
        var values = Values(rows * columns, 3, 1);
        var offset = Values(columns, 4, 1);
        var centres = Values(clusters * columns, 5, 1);
        var halfNorms = new double[clusters];
        for (var cluster = 0; cluster < clusters; cluster++)
            halfNorms[cluster] = Dot.Of(centres.AsSpan(cluster * columns, columns), centres.AsSpan(cluster * columns, columns)) / 2;
        var panel = new double[NearestCentroid.PanelRows * columns];
        NearestCentroid.Pack(values, offset, rows, panel);
        var best = new double[NearestCentroid.PanelRows];
        var second = new double[NearestCentroid.PanelRows];
        var nearest = new int[NearestCentroid.PanelRows];
        NearestCentroid.Find(panel, centres, halfNorms, best, second, nearest);
        for (var row = 0; row < rows; row++)
        {
            var scores = new double[clusters];
            for (var cluster = 0; cluster < clusters; cluster++)
            {
                scores[cluster] = halfNorms[cluster];
                for (var column = 0; column < columns; column++)
                    scores[cluster] = Math.FusedMultiplyAdd(offset[column] - values[(row * columns) + column], centres[(cluster * columns) + column], scores[cluster]);
            }

            var order = scores.Order().ToArray();
            Assert.Equal(order[0], best[row]);
            Assert.Equal(Array.IndexOf(scores, order[0]), nearest[row]);
            Assert.Equal(clusters > 1 ? order[1] : double.PositiveInfinity, second[row]);
        }
    }

    private static double EightLanes(int length, Func<int, double, double> step)
    {
        var lanes = new double[8];
        var whole = length / 8 * 8;
        for (var i = 0; i < whole; i++)
            lanes[i % 8] = step(i, lanes[i % 8]);
        var sum = (lanes[0] + lanes[4]) + (lanes[2] + lanes[6]) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
        for (var i = whole; i < length; i++)
            sum = step(i, sum);
        return sum;
    }

    private static double[] Values(int length, long seed, double scale)
    {
        var random = new Xoshiro256(seed, length);
        return [.. Enumerable.Range(0, length).Select(_ => scale * random.NextNormal())];
    }
}
