using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Clustering.Density;

public sealed class HdbscanTests
{
    /// <summary>Small tables, some on a coarse grid so that ties and equal rows abound.</summary>
    private static Arbitrary<(Matrix Rows, HdbscanOptions Options)> Cases { get; } = (
        from rows in Gen.Choose(1, 160)
        from columns in Gen.Elements(1, 2, 3, 5, 9, 20)
        from coarse in Gen.Elements(0, 1, 2)
        from size in Gen.Choose(2, 12)
        from samples in Gen.Choose(1, 12)
        from selection in Gen.Elements(ClusterSelection.ExcessOfMass, ClusterSelection.Leaf)
        from single in Gen.Elements(false, true)
        from epsilon in Gen.Elements(0, 0.7, 2)
        from seed in Gen.Choose(1, 100_000)
        select (Table(rows, columns, coarse, seed), new HdbscanOptions
        {
            MinimumClusterSize = size,
            MinimumSamples = samples,
            Selection = selection,
            AllowSingleCluster = single,
            ClusterSelectionEpsilon = epsilon,
            Threads = 1,
        })).ToArbitrary();

    [Fact]
    public void Core_distances_and_the_spanning_tree_are_those_of_the_definition() =>
        Prop.ForAll(Cases, example =>
        {
            var model = Hdbscan.Fit(example.Rows, example.Options);
            var core = PlainHdbscan.CoreDistances(example.Rows, example.Options.MinimumSamples!.Value);
            for (var row = 0; row < core.Length; row++)
                Assert.Equal(core[row], model.CoreDistances[row], 1e-12);
            Assert.Equal(PlainHdbscan.SpanningTree(example.Rows, core).Sum(), model.SpanningTreeWeight, 1e-9);
        }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData(2, 12)]
    [InlineData(8, 5)]
    public void The_spanning_tree_of_many_leaves_is_that_of_Prim_on_any_number_of_threads(int columns, int samples)
    {
        var rows = Some.Blobs(1200, columns, groups: 5, apart: 15).Rows;
        var core = PlainHdbscan.CoreDistances(rows, samples);
        var expected = PlainHdbscan.SpanningTree(rows, core).Sum();
        foreach (var threads in (int[])[1, 3])
        {
            var model = Hdbscan.Fit(rows, new HdbscanOptions { MinimumClusterSize = 10, MinimumSamples = samples, Threads = threads });
            Assert.Equal(expected, model.SpanningTreeWeight, 1e-9);
            Assert.Equal(core, model.CoreDistances, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void The_condensed_tree_adds_up() =>
        Prop.ForAll(Cases, example =>
        {
            var (rows, options) = example;
            var model = Hdbscan.Fit(rows, options);
            var tree = model.Tree;
            for (var cluster = 0; cluster < tree.Clusters.Count; cluster++)
            {
                var (own, children) = (tree.Clusters[cluster], tree.Clusters.Where(child => child.Parent == cluster).ToList());
                Assert.Equal(own.Size, children.Sum(child => child.Size) + tree.RowCluster.Count(of => of == cluster));
                Assert.True(children.Count is 0 or 2);
                Assert.True(cluster == 0 || own.Size >= options.MinimumClusterSize);
                Assert.True(own.Stability >= 0 && own.Death >= own.Birth && double.IsFinite(own.Stability));
                Assert.All(children, child => Assert.True(child.Birth == own.Death));
                var left = Enumerable.Range(0, rows.Rows).Where(row => tree.RowCluster[row] == cluster).Select(row => tree.RowLambda[row]).ToList();
                Assert.All(left, lambda => Assert.InRange(lambda, own.Birth, own.Death));
                var expected = left.Sum(lambda => lambda - own.Birth) + children.Sum(child => child.Size * (child.Birth - own.Birth));
                Assert.Equal(expected, own.Stability, 1e-9 * Math.Max(1, expected));
            }

            for (var row = 0; row < rows.Rows; row++)
            {
                Assert.InRange(model.Probabilities[row], 0, 1);
                Assert.InRange(model.OutlierScores[row], 0, 1);
                Assert.Equal(model.Labels[row] < 0, model.Probabilities[row] == 0);
            }

            Assert.Equal(model.Labels, model.Predict(rows));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_order_of_rows_changes_nothing_but_names() =>
        Prop.ForAll(Cases, example =>
        {
            var (rows, options) = example;
            var order = Some.Permutation(rows.Rows, seed: 9);
            var (model, permuted) = (Hdbscan.Fit(rows, options), Hdbscan.Fit(rows.Take(order), options));
            Assert.Equal(model.SpanningTreeWeight, permuted.SpanningTreeWeight);
            Assert.Equal(model.Tree.Clusters.Select(cluster => cluster.Stability), permuted.Tree.Clusters.Select(cluster => cluster.Stability));
            Assert.Equal(order.Select(row => model.OutlierScores[row]), permuted.OutlierScores);
            Assert.Equal(order.Select(row => model.Probabilities[row]), permuted.Probabilities);
            Assert.Equal(1, AdjustedRandIndex.Of([.. order.Select(row => model.Labels[row])], permuted.Labels));
            Assert.Equal(order.Select(row => model.Labels[row] < 0), permuted.Labels.Select(label => label < 0));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_chosen_clusters_are_the_most_stable_choice() =>
        Prop.ForAll(Cases, example =>
        {
            var model = Hdbscan.Fit(example.Rows, example.Options with { Selection = ClusterSelection.ExcessOfMass, ClusterSelectionEpsilon = 0 });
            var clusters = model.Tree.Clusters;
            var chosen = clusters.Where(cluster => cluster.IsChosen).Sum(cluster => cluster.Stability);
            Assert.Equal(Best(0), chosen, 1e-9 * Math.Max(1, chosen));

            double Best(int cluster)
            {
                var below = Enumerable.Range(0, clusters.Count).Where(child => clusters[child].Parent == cluster).Sum(Best);
                return cluster == 0 && !example.Options.AllowSingleCluster ? below : Math.Max(below, clusters[cluster].Stability);
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Blobs_are_found_and_rows_far_from_all_are_noise()
    {
        var (rows, groups) = Some.Blobs(2000, 4, groups: 3, apart: 40);
        var model = Hdbscan.Fit(rows, new HdbscanOptions { MinimumClusterSize = 25 });
        Assert.Equal(3, model.Clusters);
        Assert.True(AdjustedRandIndex.Of(groups, model.Labels) > 0.95);
        var (labels, probabilities) = model.PredictWithProbabilities(Matrix.FromRows([[1e6, 0, 0, 0], [.. rows.Row(5)]]));
        Assert.Equal([IClusterModel.Noise, model.Labels[5]], labels);
        Assert.Equal([0, model.Probabilities[5]], probabilities);
    }

    [Fact]
    public void A_new_row_in_the_midst_of_a_cluster_is_of_it()
    {
        var (rows, _) = Some.Blobs(3000, 2, groups: 4, apart: 60);
        var model = Hdbscan.Fit(rows, new HdbscanOptions { MinimumClusterSize = 40 });
        for (var cluster = 0; cluster < model.Clusters; cluster++)
        {
            var members = Enumerable.Range(0, rows.Rows).Where(row => model.Labels[row] == cluster).ToList();
            var (labels, probabilities) = model.PredictWithProbabilities(Matrix.FromRows([[members.Average(row => rows[row, 0]), members.Average(row => rows[row, 1])]]));
            Assert.Equal([cluster], labels);
            Assert.True(probabilities[0] > 0.5);
        }
    }

    [Fact]
    public void One_group_is_one_cluster_only_where_that_is_allowed()
    {
        var rows = Some.Normal(400, 2);
        var options = new HdbscanOptions { MinimumClusterSize = 50 };
        Assert.Equal(0, Hdbscan.Fit(rows, options).Clusters);
        var single = Hdbscan.Fit(rows, options with { AllowSingleCluster = true });
        Assert.Equal([400], single.Sizes);
        var dense = Hdbscan.Fit(rows, options with { AllowSingleCluster = true, ClusterSelectionEpsilon = 1 });
        Assert.Equal(1, dense.Clusters);
        Assert.InRange(dense.Sizes[0], 200, 399);
    }

    [Fact]
    public void Distances_beyond_a_double_are_refused_with_the_column()
    {
        var rows = Matrix.FromRows([[0.0, 1e200], [1, -1e200]]);
        Assert.Contains("Column 1", Assert.Throws<ArgumentException>(() => Hdbscan.Fit(rows, new HdbscanOptions())).Message);
    }

    private static Matrix Table(int rows, int columns, int coarse, int seed)
    {
        var values = Some.Blobs(rows, columns, groups: 3, apart: 8, seed).Rows.Values.ToArray();
        if (coarse > 0)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = Math.Round(values[i] * coarse / 2) * 2 / coarse;
        }

        return new Matrix(rows, columns, values);
    }
}
