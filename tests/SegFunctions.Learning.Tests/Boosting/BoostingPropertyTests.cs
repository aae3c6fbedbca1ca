using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting;

public sealed class BoostingPropertyTests
{
    private static readonly BoostingLoss[] Losses = Enum.GetValues<BoostingLoss>();

    [Fact]
    public void Covers_of_children_add_up_and_an_inner_value_is_the_mean_of_its_leaves()
    {
        Prop.ForAll(Cases(), test =>
        {
            var (rows, target, options, weights) = test.Draw();
            var model = GradientBoosting.Fit(rows, target, options, weights);
            foreach (var tree in model.Trees)
            {
                if (options.RowShare == 1)
                    Assert.Equal(weights.Sum(), tree.Cover[0], 1e-9 * weights.Sum());
                for (var node = 0; node < tree.Nodes; node++)
                {
                    if (tree.Feature[node] < 0)
                        continue;
                    var (left, right) = (tree.Left[node], tree.Right[node]);
                    Assert.Equal(tree.Cover[node], tree.Cover[left] + tree.Cover[right], 1e-9 * weights.Sum());
                    Assert.Equal(tree.Cover[node] * tree.Value[node], (tree.Cover[left] * tree.Value[left]) + (tree.Cover[right] * tree.Value[right]), 1e-9 * weights.Sum());
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Each_leaf_was_reached_by_the_rows_that_its_cover_says()
    {
        Prop.ForAll(Cases(), test =>
        {
            var (rows, target, options, weights) = test.Draw();
            var model = GradientBoosting.Fit(rows, target, options with { RowShare = 1 }, weights);
            foreach (var tree in model.Trees)
            {
                var reached = new double[tree.Nodes];
                for (var row = 0; row < rows.Rows; row++)
                    reached[tree.LeafOf(rows.Row(row))] += weights[row];
                for (var node = 0; node < tree.Nodes; node++)
                {
                    if (tree.Feature[node] < 0)
                        Assert.Equal(tree.Cover[node], reached[node], 1e-9 * weights.Sum());
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void A_row_of_weight_two_counts_as_two_rows_and_one_of_weight_nothing_as_none()
    {
        Prop.ForAll(Cases(), test =>
        {
            var (rows, _, options, _) = test.Draw();
            if (options.Loss == BoostingLoss.Softmax)
                return;
            // Where two splits gain the same, the last bit of a rounded weight decides between them.
            var target = SomeTrees.Target(rows, options.Loss, test.Seed, smooth: true);
            var counts = Enumerable.Range(0, rows.Rows).Select(row => (row + test.Seed) % 3).ToArray();
            var repeated = Enumerable.Range(0, rows.Rows).SelectMany(row => Enumerable.Repeat(row, counts[row])).ToArray();
            var whole = options with { RowShare = 1 };
            var weighted = GradientBoosting.Fit(rows, target, whole, [.. counts.Select(count => (double)count)]);
            var repeatedly = GradientBoosting.Fit(rows.Take(repeated), [.. repeated.Select(row => target[row])], whole);
            Close(repeatedly.PredictRaw(rows), weighted.PredictRaw(rows), 1e-4);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void The_order_of_training_rows_does_not_matter()
    {
        Prop.ForAll(Cases(), test =>
        {
            var (rows, target, options, weights) = test.Draw();
            var whole = options with { RowShare = 1 };
            var order = Some.Permutation(rows.Rows, test.Seed);
            var one = GradientBoosting.Fit(rows, target, whole, weights);
            var other = GradientBoosting.Fit(rows.Take(order), [.. order.Select(row => target[row])], whole, [.. order.Select(row => weights[row])]);
            Close(one.PredictRaw(rows), other.PredictRaw(rows), 1e-6);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void A_monotone_direction_holds_for_any_two_rows_that_differ_in_that_column_alone()
    {
        Prop.ForAll(Cases(), test =>
        {
            var (rows, target, options, weights) = test.Draw();
            if (options.Loss == BoostingLoss.Softmax)
                return;
            int[] directions = [1, test.Seed % 2 == 0 ? -1 : 1, 0, 0, 0];
            var model = GradientBoosting.Fit(rows, target, options with { Monotone = directions }, weights);
            foreach (var column in (int[])[0, 1])
            {
                var row = rows.Row((int)(test.Seed % rows.Rows)).ToArray();
                var grid = Matrix.FromRows([.. Enumerable.Range(0, 60).Select(step =>
                {
                    var moved = row.ToArray();
                    moved[column] = (step / 10.0) - 3;
                    return moved;
                })]);
                var margins = model.PredictRaw(grid);
                for (var i = 1; i < margins.Length; i++)
                    Assert.True(directions[column] * (margins[i] - margins[i - 1]) >= -1e-12, $"{margins[i - 1]} then {margins[i]}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Training_loss_does_not_rise_from_round_to_round()
    {
        Prop.ForAll(Cases(), test =>
        {
            var (rows, target, options, weights) = test.Draw();
            // Held out are the training rows themselves.
            var model = GradientBoosting.Fit(rows, target, options with { RowShare = 1, Rounds = 6, EarlyStopping = null }, weights, new BoostingValidation(rows, target, weights));
            Assert.Equal(6, model.Rounds);
            for (var round = 1; round < model.ValidationLosses.Count; round++)
                Assert.True(model.ValidationLosses[round] <= model.ValidationLosses[round - 1] + 1e-9, string.Join(", ", model.ValidationLosses));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static Arbitrary<Case> Cases() => (
        from rows in Gen.Choose(30, 160)
        from seed in Gen.Choose(0, 1_000_000)
        from loss in Gen.Elements(Losses)
        from leafWise in Gen.Elements(true, false)
        from share in Gen.Elements(1.0, 0.6)
        select new Case(rows, seed, loss, leafWise, share)).ToArbitrary();

    private static void Close(double[] expected, double[] found, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{i}: expected {expected[i]:R}, found {found[i]:R}");
    }

    internal sealed record Case(int Rows, int Seed, BoostingLoss Loss, bool LeafWise, double RowShare)
    {
        public (Matrix Rows, double[] Target, BoostingOptions Options, double[] Weights) Draw()
        {
            var rows = SomeTrees.Mixed(Rows, Seed, codes: 8);
            var weights = Enumerable.Range(0, Rows).Select(row => 0.5 + (row % 4)).ToArray();
            return (rows, SomeTrees.Target(rows, Loss, Seed), new BoostingOptions
            {
                Loss = Loss,
                Rounds = 3,
                LearningRate = 0.3,
                MaxDepth = 4,
                Growth = LeafWise ? TreeGrowth.LeafWise : TreeGrowth.DepthWise,
                MaxLeaves = LeafWise ? 6 : null,
                RowShare = RowShare,
                MinLeafRows = 3,
                MinCategoryRows = 2,
                Categorical = SomeTrees.MixedCategories,
                Seed = Seed,
                Threads = 1,
            }, weights);
        }
    }
}
