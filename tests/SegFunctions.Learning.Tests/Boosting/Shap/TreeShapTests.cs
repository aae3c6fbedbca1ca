using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Shap;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Boosting.Shap;

public sealed class TreeShapTests
{
    private const double Tight = 1e-9;

    [Fact]
    public void Path_dependent_contributions_are_Shapley_values_of_the_definition() =>
        Prop.ForAll<int>(seed =>
        {
            var outputs = 1 + (Math.Abs(seed % 3) / 2);
            var model = SomeTrees.Model(seed, features: 6, trees: 2, leaves: 24, outputs, categories: 2);
            var rows = SomeTrees.Rows(seed, rows: 11, features: 6, categories: 2);
            var found = TreeShap.For(model).Explain(rows, threads: 1);
            for (var row = 0; row < rows.Rows; row++)
                AssertClose(PlainShap.PathDependent(model, rows.Row(row).ToArray()), found.Row(row), Tight);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Deep_trees_give_what_the_published_algorithm_gives()
    {
        var model = SomeTrees.Model(seed: 14, features: 40, trees: 3, leaves: 400, categories: 5, bare: false);
        Assert.Contains(model.Trees, tree => ShapTree.Of(tree).MostColumns >= 12);
        var rows = SomeTrees.Rows(seed: 14, rows: 16, features: 40, categories: 5);
        var found = TreeShap.For(model).Explain(rows);
        for (var row = 0; row < rows.Rows; row++)
        {
            var expected = new double[40];
            foreach (var tree in model.Trees)
                PolynomialShap.Add(tree, rows.Row(row), expected);
            AssertClose(expected, found.Row(row)[..40], Tight);
        }
    }

    [Fact]
    public void Interventional_contributions_are_Shapley_values_of_the_definition() =>
        Prop.ForAll<int>(seed =>
        {
            var outputs = 1 + (Math.Abs(seed % 3) / 2);
            var model = SomeTrees.Model(seed, features: 5, trees: 2, leaves: 16, outputs, categories: 1);
            var background = SomeTrees.Rows(seed + 1L, rows: 13, features: 5, categories: 1);
            var rows = SomeTrees.Rows(seed, rows: 9, features: 5, categories: 1);
            var found = TreeShap.For(model, background, threads: 1).Explain(rows, threads: 1);
            for (var row = 0; row < rows.Rows; row++)
                AssertClose(PlainShap.Interventional(model, rows.Row(row).ToArray(), background), found.Row(row), Tight);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Contributions_and_what_is_expected_add_up_to_the_margin()
    {
        var model = SomeTrees.Model(seed: 3, features: 30, trees: 60, leaves: 64, outputs: 3, categories: 10);
        var rows = SomeTrees.Rows(seed: 3, rows: 700, features: 30, categories: 10);
        var margins = model.PredictRaw(rows);
        foreach (var explainer in BothKinds(model, SomeTrees.Rows(seed: 4, rows: 50, features: 30, categories: 10)))
        {
            var found = explainer.Explain(rows);
            for (var row = 0; row < rows.Rows; row++)
            {
                for (var output = 0; output < 3; output++)
                {
                    var own = found.Row(row).Slice(output * 31, 31).ToArray();
                    Assert.Equal(margins[(row * 3) + output], own.Sum(), Tight);
                    Assert.Equal(explainer.Expected[output], own[^1]);
                }
            }
        }
    }

    [Fact]
    public void Trained_models_are_explained_as_they_score_unknown_and_missing_categories_included()
    {
        var rows = SomeTrees.Rows(seed: 15, rows: 600, features: 6, categories: 2);
        var random = new Xoshiro256(15);
        var target = new double[600];
        for (var row = 0; row < target.Length; row++)
            target[row] = (rows[row, 0] > 0 ? 1 : 0) + (rows[row, 5] % 3 == 1 ? 1 : 0) + random.NextNormal() > 0.7 ? 1 : 0;
        var model = GradientBoosting.Fit(rows, target, new BoostingOptions { Rounds = 30, MaxDepth = 5, MinLeafRows = 2, MinCategoryRows = 2, LearningRate = 0.3, L2 = 1, Categorical = [4, 5] });
        Assert.Contains(model.Trees, tree => tree.CategorySets.Length > 0);
        var later = new Matrix(200, 6, Array.ConvertAll(SomeTrees.Rows(seed: 16, rows: 200, features: 6, categories: 2).Values.ToArray(), value => value > 100 ? 5000 : value));
        var margins = model.PredictRaw(later);
        foreach (var explainer in BothKinds(model, rows))
        {
            var found = explainer.Explain(later);
            for (var row = 0; row < later.Rows; row++)
                Assert.Equal(margins[row], found.Row(row).ToArray().Sum(), Tight);
        }
    }

    [Fact]
    public void Two_columns_that_do_the_same_get_the_same_and_one_that_is_not_asked_gets_nothing()
    {
        // Column 0 and column 2 both have to be above 0 for a 1; column 1 has no say.
        var tree = new RegressionTree
        {
            Feature = [0, -1, 2, -1, -1],
            Threshold = [0, 0, 0, 0, 0],
            Categories = [-1, -1, -1, -1, -1],
            CategorySets = [],
            MissingLeft = [true, false, true, false, false],
            Left = [1, -1, 3, -1, -1],
            Right = [2, -1, 4, -1, -1],
            Value = [0.25, 0, 0.5, 0, 1],
            Cover = [8, 4, 4, 2, 2],
        };
        var model = new BoostedTrees(BoostingLoss.Squared, ["a", "b", "c"], [0, 0, 0], [10], [tree]);
        // Of the four backgrounds one is above 0 in both columns.
        var background = Matrix.FromRows([[1, 5, 1], [1, 5, -1], [-1, 5, 1], [-1, 5, -1]]);
        foreach (var explainer in BothKinds(model, background))
        {
            var found = explainer.Explain(Matrix.FromRows([[3, 7, 3], [-3, double.NaN, 3], [double.NaN, 7, double.NaN]]));
            AssertClose([0.375, 0, 0.375, 10.25], found.Row(0), 1e-15);
            AssertClose([-0.375, 0, 0.125, 10.25], found.Row(1), 1e-15);
            AssertClose([-0.125, 0, -0.125, 10.25], found.Row(2), 1e-15);
        }
    }

    [Fact]
    public void Paths_too_long_for_tables_are_explained_exactly_too()
    {
        // Against one background row that differs everywhere, a chain of 60 columns has 2⁶⁰ sets; but the sum is known, and columns off the path get nothing.
        var model = Model(SomeTrees.Chain(60), 61);
        var rows = SomeTrees.Rows(seed: 8, rows: 40, features: 61);
        var margins = model.PredictRaw(rows);
        foreach (var explainer in BothKinds(model, SomeTrees.Rows(seed: 9, rows: 30, features: 61)))
        {
            var found = explainer.Explain(rows);
            for (var row = 0; row < rows.Rows; row++)
            {
                Assert.Equal(margins[row], found.Row(row).ToArray().Sum(), Tight);
                Assert.Equal(0, found[row, 60]);
            }
        }
    }

    [Fact]
    public void Leaves_without_a_table_give_what_those_with_one_give()
    {
        var tree = ShapTree.Of(SomeTrees.Model(seed: 13, features: 5, trees: 1, leaves: 20).Trees[0]);
        var games = tree.Paths.Select((path, leaf) => new LeafGame(path.Length, tree.Leaves[leaf], [new(0, 0.5), new(1, 0.25), new((1UL << path.Length) - 1, 0.25)])).ToArray();
        var patterns = Enumerable.Range(0, games.Length * ShapScratch.Rows).Select(i => (ulong)(7 * i % (1 << tree.Paths[i / ShapScratch.Rows].Length))).ToArray();
        var expected = new double[5 * ShapScratch.Rows];
        new BackgroundTree(tree, games, mostColumns: 0).Add(patterns, expected, ShapScratch.Rows, 5);
        Assert.InRange(tree.MostColumns, 3, 5);
        Assert.Contains(expected, value => value != 0);
        for (var columns = 1; columns <= 5; columns++)
        {
            var found = new double[expected.Length];
            new BackgroundTree(tree, games, columns).Add(patterns, found, ShapScratch.Rows, 5);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void A_path_of_more_columns_than_a_pattern_has_bits_is_refused_against_a_background()
    {
        var model = Model(SomeTrees.Chain(65), 65);
        var refused = Assert.Throws<ArgumentException>(() => TreeShap.For(model, SomeTrees.Rows(seed: 1, rows: 3, features: 65)));
        Assert.Contains("65 different columns", refused.Message, StringComparison.Ordinal);
        var rows = SomeTrees.Rows(seed: 2, rows: 10, features: 65);
        var found = TreeShap.For(model).Explain(rows);
        Assert.Equal(model.PredictRaw(rows)[4], found.Row(4).ToArray().Sum(), Tight);
    }

    [Fact]
    public void Neither_threads_nor_the_other_rows_nor_blocks_change_a_byte()
    {
        var model = SomeTrees.Model(seed: 5, features: 12, trees: 20, leaves: 40, outputs: 2, categories: 3);
        var rows = SomeTrees.Rows(seed: 5, rows: 4500, features: 12, categories: 3);
        foreach (var explainer in BothKinds(model, SomeTrees.Rows(seed: 6, rows: 20, features: 12, categories: 3)))
        {
            var expected = explainer.Explain(rows, threads: 1);
            Assert.Equal(expected.Values, explainer.Explain(rows, threads: 3).Values);
            var next = 0;
            explainer.Explain(rows, (first, contributions) =>
            {
                Assert.Equal(next, first);
                Assert.Equal(expected.Values.Slice(first * explainer.Width, contributions.Length), contributions);
                next += contributions.Length / explainer.Width;
            });
            Assert.Equal(4500, next);
            var one = new double[explainer.Width];
            foreach (var row in new[] { 0, 63, 64, 4499 })
            {
                explainer.Explain(rows.Row(row), one);
                Assert.Equal(expected.Row(row), one);
            }
        }
    }

    [Fact]
    public void The_order_of_the_background_changes_nothing()
    {
        var model = SomeTrees.Model(seed: 7, features: 8, trees: 5, leaves: 30);
        var background = SomeTrees.Rows(seed: 7, rows: 100, features: 8);
        var rows = SomeTrees.Rows(seed: 8, rows: 30, features: 8);
        Assert.Equal(
            TreeShap.For(model, background, threads: 1).Explain(rows).Values,
            TreeShap.For(model, background.Take(Some.Permutation(100)), threads: 3).Explain(rows).Values);
    }

    [Fact]
    public void Importance_is_the_mean_magnitude()
    {
        var model = SomeTrees.Model(seed: 9, features: 4, trees: 5, leaves: 8, outputs: 2);
        var rows = SomeTrees.Rows(seed: 9, rows: 100, features: 4);
        var explainer = TreeShap.For(model);
        var (all, found) = (explainer.Explain(rows), explainer.Importance(rows));
        Assert.Equal((2, 4), (found.Rows, found.Columns));
        for (var output = 0; output < 2; output++)
        {
            for (var feature = 0; feature < 4; feature++)
                Assert.Equal(Enumerable.Range(0, 100).Average(row => Math.Abs(all[row, (output * 5) + feature])), found[output, feature], 1e-12);
        }
    }

    [Fact]
    public void Rows_allocate_nothing()
    {
        var model = SomeTrees.Model(seed: 10, features: 6, trees: 10, leaves: 16, categories: 2);
        var rows = SomeTrees.Rows(seed: 10, rows: 100, features: 6, categories: 2);
        foreach (var explainer in BothKinds(model, rows))
        {
            var found = new double[100 * explainer.Width];
            explainer.Explain(rows.Values, found);
            Assert.Equal(0, Allocation.Of(() => explainer.Explain(rows.Values, found)));
        }
    }

    [Fact]
    public void A_model_of_leaves_alone_explains_nothing_but_the_expected_margin()
    {
        var model = new BoostedTrees(BoostingLoss.Squared, ["a", "b"], [0, 0], [1], [RegressionTree.Leaf(2, 10)]);
        foreach (var explainer in BothKinds(model, Matrix.FromRows([[0, 0]])))
            Assert.Equal([0, 0, 3], explainer.Explain(Matrix.FromRows([[5, 6]])).Values);
        var empty = new BoostedTrees(BoostingLoss.Squared, ["a", "b"], [0, 0], [1], []);
        foreach (var explainer in BothKinds(empty, Matrix.FromRows([[0, 0]])))
            Assert.Equal([0, 0, 1], explainer.Explain(Matrix.FromRows([[5, 6]])).Values);
    }

    [Fact]
    public void Rows_that_the_model_does_not_score_are_refused()
    {
        var model = SomeTrees.Model(seed: 11, features: 3, trees: 1, leaves: 4, categories: 1);
        var explainer = TreeShap.For(model);
        Assert.Throws<ArgumentException>(() => explainer.Explain(Matrix.FromRows([[1, 2]])));
        Assert.Throws<ArgumentException>(() => explainer.Explain(Matrix.FromRows([[1, double.PositiveInfinity, 0]])));
        Assert.Throws<ArgumentException>(() => explainer.Explain(Matrix.FromRows([[1, 2, 0.5]])));
        Assert.Throws<ArgumentException>(() => explainer.Explain([1, 2, 3], new double[3]));
        Assert.Throws<ArgumentException>(() => TreeShap.For(model, new Matrix(0, 3, [])));
        Assert.Equal(0, explainer.Explain(new Matrix(0, 3, [])).Rows);
    }

    [Fact]
    public void Cancellation_stops_between_blocks()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var model = SomeTrees.Model(seed: 12, features: 3, trees: 1, leaves: 4);
        var rows = SomeTrees.Rows(seed: 12, rows: 100, features: 3);
        Assert.Throws<OperationCanceledException>(() => TreeShap.For(model).Explain(rows, cancellationToken: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => TreeShap.For(model, rows, cancellationToken: cancelled.Token));
    }

    private static BoostedTrees Model(RegressionTree tree, int features) =>
        new(BoostingLoss.Squared, [.. Enumerable.Range(0, features).Select(feature => $"column {feature}")], new int[features], [0.5], [tree]);

    private static IEnumerable<TreeExplainer> BothKinds(BoostedTrees model, Matrix background) => [TreeShap.For(model), TreeShap.For(model, background)];

    private static void AssertClose(double[] expected, ReadOnlySpan<double> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance, $"number {i}: expected {expected[i]:R}, found {found[i]:R}");
    }
}
