using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Clustering.Density;

public sealed class DbscanTests
{
    /// <summary>Small tables, some on a coarse grid so that rows lie exactly at the reach, equal rows abound and leaves are joined whole.</summary>
    private static Arbitrary<(Matrix Rows, DbscanOptions Options)> Cases { get; } = (
        from rows in Gen.Choose(1, 250)
        from columns in Gen.Elements(1, 2, 3, 5, 9, 20)
        from coarse in Gen.Elements(false, true)
        from points in Gen.Choose(1, 9)
        from epsilon in Gen.Elements(0.1, 0.5, 1, 2, 4, 30)
        from seed in Gen.Choose(1, 100_000)
        select (Table(rows, columns, coarse, seed), new DbscanOptions { MinimumPoints = points, Epsilon = epsilon, Threads = 1 })).ToArbitrary();

    [Fact]
    public void Core_points_clusters_and_noise_are_those_of_the_definition() =>
        Prop.ForAll(Cases, example =>
        {
            var (rows, options) = example;
            var model = Dbscan.Fit(rows, options);
            var near = Enumerable.Range(0, rows.Rows)
                .Select(row => Enumerable.Range(0, rows.Rows).Where(other => PlainHdbscan.Distance(rows, row, other) <= options.Epsilon).ToArray()).ToArray();
            var core = near.Select(others => others.Length >= options.MinimumPoints).ToArray();
            Assert.Equal(core, model.CorePoints);
            var parts = Parts(near, core);
            var cores = Enumerable.Range(0, rows.Rows).Where(row => core[row]).ToArray();
            Assert.Equal(cores.Select(row => parts[row]).Distinct().Count(), model.Clusters);
            if (cores.Length > 0)
                Assert.Equal(1, AdjustedRandIndex.Of([.. cores.Select(row => parts[row])], [.. cores.Select(row => model.Labels[row])]));
            for (var row = 0; row < rows.Rows; row++)
            {
                var reaching = near[row].Where(other => core[other]).ToArray();
                if (reaching.Length == 0)
                    Assert.Equal(IClusterModel.Noise, model.Labels[row]);
                else
                    Assert.Contains(model.Labels[row], reaching.Where(other => PlainHdbscan.Distance(rows, row, other) == reaching.Min(one => PlainHdbscan.Distance(rows, row, one))).Select(other => model.Labels[other]));
            }

            Assert.Equal(model.Labels, model.Predict(rows));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_order_of_rows_changes_nothing_but_names() =>
        Prop.ForAll(Cases, example =>
        {
            var (rows, options) = example;
            var order = Some.Permutation(rows.Rows, seed: 9);
            var (model, permuted) = (Dbscan.Fit(rows, options), Dbscan.Fit(rows.Take(order), options));
            Assert.Equal(order.Select(row => model.CorePoints[row]), permuted.CorePoints);
            Assert.Equal(order.Select(row => model.Labels[row] < 0), permuted.Labels.Select(label => label < 0));
            Assert.Equal(1, AdjustedRandIndex.Of([.. order.Select(row => model.Labels[row])], permuted.Labels));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_chain_of_many_leaves_is_one_cluster_and_a_gap_makes_it_two()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 5000).Select(row => new[] { (row < 3000 ? 0 : 0.5) + row, Math.Sin(row) / 1e6 })]);
        Assert.Equal([5000], Dbscan.Fit(rows, new DbscanOptions { Epsilon = 1.6, MinimumPoints = 3 }).Sizes);
        Assert.Equal([3000, 2000], Dbscan.Fit(rows, new DbscanOptions { Epsilon = 1.2, MinimumPoints = 2 }).Sizes);
        Assert.Equal(0, Dbscan.Fit(rows, new DbscanOptions { Epsilon = 0.9, MinimumPoints = 2 }).Clusters);
    }

    [Fact]
    public void New_rows_get_the_cluster_of_the_nearest_core_point_within_reach()
    {
        var rows = Matrix.FromRows([[0.0], [1], [2], [10], [11], [12], [13], [20]]);
        var model = Dbscan.Fit(rows, new DbscanOptions { Epsilon = 1, MinimumPoints = 3 });
        Assert.Equal([1, 1, 1, 0, 0, 0, 0, -1], model.Labels);
        Assert.Equal([-1, 1, 1, -1, 0, 0, -1], model.Predict(Matrix.FromRows([[-0.5], [0.5], [2], [2.5], [10.5], [13.0], [13.5]])));
    }

    [Fact]
    public void Distances_beyond_a_double_are_refused_with_the_column()
    {
        var rows = Matrix.FromRows([[0.0, 1e200], [1, -1e200]]);
        Assert.Contains("Column 1", Assert.Throws<ArgumentException>(() => Dbscan.Fit(rows, new DbscanOptions())).Message);
    }

    private static int[] Parts(int[][] near, bool[] core)
    {
        var parts = Enumerable.Repeat(-1, near.Length).ToArray();
        for (var row = 0; row < near.Length; row++)
        {
            if (!core[row] || parts[row] >= 0)
                continue;
            var open = new Stack<int>([row]);
            while (open.TryPop(out var next))
            {
                if (parts[next] >= 0 || !core[next])
                    continue;
                parts[next] = row;
                foreach (var other in near[next])
                    open.Push(other);
            }
        }

        return parts;
    }

    private static Matrix Table(int rows, int columns, bool coarse, int seed)
    {
        var values = Some.Blobs(rows, columns, groups: 3, apart: 8, seed).Rows.Values.ToArray();
        if (coarse)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = Math.Round(values[i]);
        }

        return new Matrix(rows, columns, values);
    }
}
