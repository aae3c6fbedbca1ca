using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Clustering.Hierarchical;

public sealed class AgglomerativeTests
{
    public static TheoryData<Linkage> Linkages => [.. Enum.GetValues<Linkage>()];

    [Theory]
    [MemberData(nameof(Linkages))]
    public void Heights_and_every_cut_are_those_of_the_textbook(Linkage linkage)
    {
        Prop.ForAll(Tables(ties: false), rows =>
        {
            var (heights, partitions) = PlainAgglomeration.Of(rows, linkage);
            var model = Fit(rows, linkage);
            Close(heights, model, 1e-9);
            for (var clusters = 1; clusters <= rows.Rows; clusters++)
                Assert.Equal(1, AdjustedRandIndex.Of(partitions[rows.Rows - clusters], model.CutByCount(clusters)), 1e-12);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [MemberData(nameof(Linkages))]
    public void Every_merge_joins_the_nearest_pair_there_is_ties_or_not(Linkage linkage)
    {
        Prop.ForAll(Tables(ties: true), rows =>
        {
            var clusters = Enumerable.Range(0, rows.Rows).ToDictionary(row => row, row => new List<int> { row });
            foreach (var (merge, number) in Fit(rows, linkage).Dendrogram.Merges.Select((merge, at) => (merge, rows.Rows + at)))
            {
                var nearest = clusters.Keys.SelectMany(a => clusters.Keys.Where(b => b > a).Select(b => PlainAgglomeration.Between(rows, clusters[a], clusters[b], linkage))).Min();
                var found = PlainAgglomeration.Between(rows, clusters[merge.Left], clusters[merge.Right], linkage);
                Assert.Equal(nearest, found, 1e-6);
                Assert.Equal(found, merge.Height, 1e-6);
                clusters[number] = [.. clusters[merge.Left], .. clusters[merge.Right]];
                Assert.Equal(clusters[number].Count, merge.Size);
                Assert.True(clusters.Remove(merge.Left) && clusters.Remove(merge.Right));
            }

            Assert.Equal(rows.Rows, Assert.Single(clusters).Value.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Theory]
    [MemberData(nameof(Linkages))]
    public void Heights_never_fall_and_permuted_rows_give_them_to_the_last_bit(Linkage linkage)
    {
        Prop.ForAll(Tables(ties: true), rows =>
        {
            var model = Fit(rows, linkage);
            var heights = Heights(model);
            Assert.Equal(heights.Order(), heights);
            var order = Some.Permutation(rows.Rows);
            var permuted = Fit(rows.Take(order), linkage);
            Assert.Equal(heights, Heights(permuted));
            for (var clusters = 1; clusters <= rows.Rows; clusters++)
            {
                var labels = model.CutByCount(clusters);
                Assert.Equal(1, AdjustedRandIndex.Of([.. order.Select(row => labels[row])], permuted.CutByCount(clusters)), 1e-12);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Theory]
    [MemberData(nameof(Linkages))]
    public void Every_lane_and_tail_of_the_kernels_counts(Linkage linkage)
    {
        foreach (var (rows, columns) in ((int, int)[])[(1, 1), (2, 1), (15, 7), (16, 8), (17, 9), (63, 15), (64, 16), (65, 17), (66, 2), (130, 33)])
        {
            var table = Some.Normal(rows, columns, seed: rows);
            Close(PlainAgglomeration.Of(table, linkage).Heights, Fit(table, linkage), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Linkages))]
    public void Far_from_zero_and_in_tiny_or_huge_units_the_digits_stay(Linkage linkage)
    {
        // Multiples of 1/1024, so that the offset moves them without rounding.
        var table = Some.Normal(60, 3, seed: 4);
        var near = new Matrix(60, 3, [.. table.Values.ToArray().Select(value => Math.Round(value * 1024) / 1024)]);
        var expected = Heights(Fit(near, linkage));
        foreach (var (offset, unit) in ((double, double)[])[(1e9, 1), (-1e9, 1), (3.5, 1), (0, 1e300), (0, 1e-300), (1e6, 1e200)])
        {
            var far = new Matrix(60, 3, [.. near.Values.ToArray().Select(value => (value + offset) * unit)]);
            var found = Heights(Fit(far, linkage));
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], found[i] / unit, 1e-9);
        }

        // A constant says nothing, however great beside the rest.
        var beside = Matrix.FromRows([.. Enumerable.Range(0, 60).Select(row => new[] { near[row, 0] * 1e-22, 1e6, near[row, 1] * 1e-22, near[row, 2] * 1e-22 })]);
        var tiny = Heights(Fit(beside, linkage));
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], tiny[i] / 1e-22, 1e-9);
    }

    [Fact]
    public void Training_rows_keep_their_labels_where_squares_overflow_or_vanish()
    {
        var rows = Some.Blobs(80, 2, groups: 3, apart: 9).Rows;
        foreach (var unit in (double[])[1e300, 1e-300, 1e-170])
        {
            var scaled = new Matrix(80, 2, [.. rows.Values.ToArray().Select(value => value * unit)]);
            var model = Agglomerative.Fit(scaled, new HierarchicalOptions { Clusters = 3 });
            Assert.Equal(3, model.Clusters);
            Assert.Equal(model.Labels, model.Predict(scaled));
        }
    }

    [Theory]
    [MemberData(nameof(Linkages))]
    public void Neighbours_closer_than_single_precision_sees_are_told_apart(Linkage linkage)
    {
        // Pairs 10⁻⁹ to 10⁻⁷ apart in a table 1 wide: in single precision most of them are one point.
        var random = new Xoshiro256(3);
        var values = new double[80 * 2];
        for (var pair = 0; pair < 40; pair++)
        {
            var (x, y) = (pair % 4 / 4.0 + (random.NextDouble() * 1e-6), random.NextDouble() * 1e-6);
            values.AsSpan(pair * 4).Clear();
            (values[pair * 4], values[(pair * 4) + 1], values[(pair * 4) + 2], values[(pair * 4) + 3]) = (x, y, x + ((1 + pair) * 1e-9), y);
        }

        var rows = new Matrix(80, 2, values);
        var expected = PlainAgglomeration.Of(rows, linkage).Heights;
        var found = Heights(Fit(rows, linkage));
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(1, found[i] / expected[i], 1e-6);
    }

    [Theory]
    [InlineData(Linkage.Ward)]
    [InlineData(Linkage.Single)]
    public void Tables_wide_enough_to_share_work_give_the_same_bytes_on_any_number_of_threads(Linkage linkage)
    {
        var rows = Some.Blobs(2200, 500, groups: 5, apart: 9).Rows;
        var one = new HierarchicalOptions { Linkage = linkage, Clusters = 5, Threads = 1 };
        Assert.Equal(Some.Bytes(Agglomerative.Fit(rows, one).Save), Some.Bytes(Agglomerative.Fit(rows, one with { Threads = 3 }).Save));
    }

    [Fact]
    public void Equal_rows_merge_first_and_never_part()
    {
        var rows = Some.FourCorners(each: 3);
        foreach (var linkage in Enum.GetValues<Linkage>())
        {
            var model = Fit(rows, linkage);
            Assert.Equal(8, model.Dendrogram.Merges.Count(merge => merge.Height == 0));
            Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], model.CutByCount(12));
            Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], model.CutByHeight(0));
            Assert.Equal(1, model.WithHeight(double.PositiveInfinity).Clusters);
        }
    }

    [Fact]
    public void Starting_weights_stand_for_as_many_equal_rows()
    {
        var centres = Some.Normal(30, 3, seed: 5);
        int[] weights = [.. Enumerable.Range(0, 30).Select(row => 1 + (row * 7 % 5))];
        var all = centres.Take([.. Enumerable.Range(0, 30).SelectMany(row => Enumerable.Repeat(row, weights[row]))]);
        foreach (var linkage in (Linkage[])[Linkage.Ward, Linkage.Average])
        {
            var expected = PlainAgglomeration.Of(centres, linkage, weights).Heights;
            var found = Heights(Fit(all, linkage)).Where(height => height > 0).ToArray();
            Assert.Equal(expected.Length, found.Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], found[i], 1e-9);
        }
    }

    [Fact]
    public void Ward_of_weighted_points_is_the_textbook_s_however_unequal_the_weights()
    {
        Prop.ForAll(Tables(ties: false), rows =>
        {
            var random = new Xoshiro256(rows.Rows);
            int[] weights = [.. Enumerable.Range(0, rows.Rows).Select(_ => 1 + random.NextInt(1 << random.NextInt(20)))];
            var merges = new MergeList(rows.Rows);
            using var team = new ChunkTeam(1, CancellationToken.None);
            var distinct = DistinctRows.In(rows);
            var sorted = new Matrix(distinct.Count, distinct.Columns, distinct.Values);
            new WardChain(sorted, distinct.Weights(weights), team).Run(merges, new MergeProgress(rows.Rows, null, 0, CancellationToken.None));
            var (expected, found) = (PlainAgglomeration.Of(rows, Linkage.Ward, weights).Heights, merges.ToDendrogram(distinct, weights, 0).Merges);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(1, found[i].Height / expected[i], 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Merging_allocates_nothing()
    {
        var points = Some.Normal(300, 5);
        var weights = Enumerable.Repeat(1, 300).ToArray();
        using var team = new ChunkTeam(1, CancellationToken.None);
        var ward = Allocation.Of(() => Ward(run: false));
        Assert.Equal(ward, Allocation.Of(() => Ward(run: true)));
        var table = Allocation.Of(() => Table(run: false));
        Assert.Equal(table, Allocation.Of(() => Table(run: true)));
        var tree = Allocation.Of(() => Tree(run: false));
        Assert.Equal(tree, Allocation.Of(() => Tree(run: true)));

        void Ward(bool run)
        {
            var (merges, progress, chain) = (new MergeList(300), Silent(), new WardChain(points, weights, team));
            if (run)
                chain.Run(merges, progress);
        }

        void Table(bool run)
        {
            var (merges, progress, chain) = (new MergeList(300), Silent(), new TableChain(points, weights, Linkage.Average, team));
            if (run)
                chain.Run(merges, progress);
        }

        void Tree(bool run)
        {
            var (edges, progress, growing) = (new (int, int, double)[299], Silent(), new SpanningTree(points, team));
            if (run)
                growing.Grow(edges, progress);
        }

        static MergeProgress Silent() => new(299, null, 0, CancellationToken.None);
    }

    private static HierarchicalModel Fit(Matrix rows, Linkage linkage) => Agglomerative.Fit(rows, new HierarchicalOptions { Linkage = linkage, Clusters = 1, Threads = 2 });

    private static double[] Heights(HierarchicalModel model) => [.. model.Dendrogram.Merges.Select(merge => merge.Height)];

    private static void Close(double[] expected, HierarchicalModel model, double tolerance)
    {
        var found = Heights(model);
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }

    private static Arbitrary<Matrix> Tables(bool ties) => Arb.From(
        from rows in Gen.Choose(1, 24)
        from columns in Gen.Choose(1, 4)
        from seed in Gen.Choose(1, int.MaxValue)
        select ties ? Grid(rows, columns, seed) : Some.Normal(rows, columns, seed));

    /// <summary>Small whole numbers: equal distances and equal rows abound.</summary>
    private static Matrix Grid(int rows, int columns, int seed)
    {
        var random = new Xoshiro256(seed);
        return new Matrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (double)random.NextInt(4))]);
    }
}
