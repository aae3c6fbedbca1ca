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
        var panel = new double[RowPanel.Rows];
        var best = new double[16];
        var second = new double[16];
        var nearest = new int[16];
        NearestCentroid.Find(panel, [2.0, -1, 1, -1, 1, 3], [2, 0.5, 0.5, 0.5, 0.5, 4.5], best, second, nearest);
        Assert.All(nearest, index => Assert.Equal(1, index));
        Assert.Equal(best, second);
    }

    [Fact]
    public void Nearest_centres_in_singles_have_the_bits_of_the_scalar_loop()
    {
        foreach (var columns in Lengths.Where(length => length > 0))
        {
            foreach (var clusters in (int[])[1, 2, 7, 8, 9, 15, 16, 17])
                CompareNearestSingle(columns, clusters);
        }
    }

    [Theory]
    [MemberData(nameof(AwkwardLengths))]
    public void A_panel_holds_any_rows_in_any_order_and_repeats_the_first_in_lanes_without_one(int columns)
    {
        if (columns == 0)
            return;
        var rows = new Matrix(40, columns, Values(40 * columns, 6, 1));
        var offset = Values(columns, 7, 1);
        for (var count = 1; count <= 16; count++)
        {
            var which = Some.Permutation(40, count)[..count];
            var panel = new double[16 * columns];
            var single = new float[16 * columns];
            RowPanel.Pack(rows, which, offset, panel);
            RowPanel.Pack(rows, which, offset, single);
            for (var lane = 0; lane < 16; lane++)
            {
                var row = which[lane < count ? lane : 0];
                for (var column = 0; column < columns; column++)
                {
                    Assert.Equal(offset[column] - rows[row, column], panel[(column * 16) + lane]);
                    Assert.Equal((float)(offset[column] - rows[row, column]), single[(column * 16) + lane]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(AwkwardLengths))]
    public void Distances_of_a_panel_to_a_point_have_the_bits_of_the_scalar_loop(int columns)
    {
        if (columns == 0)
            return;
        var rows = new Matrix(16, columns, Values(16 * columns, 8, 1));
        var point = rows.Row(3).ToArray();
        var panel = new double[16 * columns];
        RowPanel.Pack(rows, Enumerable.Range(0, 16).ToArray(), new double[columns], panel);
        var distances = new double[16];
        SeedDistances.Squared(panel, point, distances);
        var expected = Enumerable.Range(0, 16).Select(row =>
        {
            var sum = 0.0;
            for (var column = 0; column < columns; column++)
                sum = Math.FusedMultiplyAdd(point[column] - rows[row, column], point[column] - rows[row, column], sum);
            return sum;
        }).ToArray();
        Assert.Equal(expected, distances);
        Assert.Equal(0, distances[3]);
        var closest = Values(16, 9, columns).Select(Math.Abs).ToArray();
        var weights = Enumerable.Range(0, 16).Select(row => row % 3.0).ToArray();
        var potential = Enumerable.Range(0, 16).Sum(row => weights[row] * Math.Min(closest[row], expected[row]));
        Assert.Equal(potential, SeedDistances.Potential(panel, point, closest, weights), 1e-12 * potential);
    }

    private static void CompareNearestSingle(int columns, int clusters)
    {
        var panel = Values(16 * columns, 3, 1).Select(value => (float)value).ToArray();
        var centres = Values(clusters * columns, 5, 1).Select(value => (float)value).ToArray();
        var halfNorms = Values(clusters, 4, 1).Select(value => (float)value).ToArray();
        var (best, second, nearest) = (new double[16], new double[16], new int[16]);
        NearestCentroidSingle.Find(panel, centres, halfNorms, best, second, nearest);
        for (var lane = 0; lane < 16; lane++)
        {
            var scores = new float[clusters];
            for (var cluster = 0; cluster < clusters; cluster++)
            {
                scores[cluster] = halfNorms[cluster];
                for (var column = 0; column < columns; column++)
                    scores[cluster] = MathF.FusedMultiplyAdd(panel[(column * 16) + lane], centres[(cluster * columns) + column], scores[cluster]);
            }

            var order = scores.Order().ToArray();
            Assert.Equal(order[0], best[lane]);
            Assert.Equal(Array.IndexOf(scores, order[0]), nearest[lane]);
            Assert.Equal(clusters > 1 ? order[1] : double.PositiveInfinity, second[lane]);
        }
    }

    private static void CompareNearest(int rows, int columns, int clusters)
    {
        var values = Values(rows * columns, 3, 1);
        var offset = Values(columns, 4, 1);
        var centres = Values(clusters * columns, 5, 1);
        var halfNorms = new double[clusters];
        for (var cluster = 0; cluster < clusters; cluster++)
            halfNorms[cluster] = Dot.Of(centres.AsSpan(cluster * columns, columns), centres.AsSpan(cluster * columns, columns)) / 2;
        var panel = new double[RowPanel.Rows * columns];
        RowPanel.Pack(new Matrix(rows, columns, values), Enumerable.Range(0, rows).ToArray(), offset, panel);
        var best = new double[RowPanel.Rows];
        var second = new double[RowPanel.Rows];
        var nearest = new int[RowPanel.Rows];
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
