using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting;

public sealed class GradientBoostingTests
{
    private static readonly Matrix Rows = SomeTrees.Mixed(1200);
    private static readonly double[] Labels = SomeTrees.Target(Rows, BoostingLoss.Logistic);
    private static readonly BoostingOptions Options = new() { Categorical = SomeTrees.MixedCategories, Rounds = 60, LearningRate = 0.3, MaxDepth = 6, MinLeafRows = 2 };

    [Fact]
    public void Training_ends_when_rows_held_out_gain_no_more_and_keeps_the_rounds_up_to_the_best()
    {
        var heldOut = SomeTrees.Mixed(500, seed: 77);
        var validation = new BoostingValidation(heldOut, SomeTrees.Target(heldOut, BoostingLoss.Logistic, seed: 78));
        var told = new List<BoostingProgress>();
        var model = GradientBoosting.Fit(Rows, Labels, Options with { EarlyStopping = 5 }, validation: validation, progress: new Told(told));
        var best = model.ValidationLosses.Index().MinBy(loss => loss.Item).Index;
        Assert.InRange(best, 1, 50);
        Assert.Equal(best + 1, model.Rounds);
        Assert.Equal(best + 6, model.ValidationLosses.Count);
        Assert.Equal(model.ValidationLosses, told.Select(one => one.ValidationLoss!.Value));
        Assert.Equal(Enumerable.Range(1, best + 6), told.Select(one => one.Round));
        Assert.All(told, one => Assert.Equal(60, one.Rounds));

        // The losses told are those of the model's own predictions.
        var margins = model.PredictRaw(heldOut);
        var loss = margins.Zip(validation.Target, (margin, label) => Math.Log(1 + Math.Exp(label > 0 ? -margin : margin))).Average();
        Assert.Equal(model.ValidationLosses[best], loss, 1e-9);
    }

    [Fact]
    public void A_cut_model_is_the_model_of_fewer_rounds()
    {
        var six = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 6 });
        var heldOut = new BoostingValidation(Rows.Take(Enumerable.Range(0, 300).ToArray()), Labels[..300]);
        var watched = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 6, EarlyStopping = null }, validation: heldOut);
        Assert.Equal(six.PredictRaw(Rows), watched.PredictRaw(Rows));
    }

    [Fact]
    public void Without_rows_held_out_every_round_is_kept_and_none_is_judged()
    {
        var told = new List<BoostingProgress>();
        var model = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 4 }, progress: new Told(told));
        Assert.Equal(4, model.Rounds);
        Assert.Empty(model.ValidationLosses);
        Assert.Equal([new(1, 4, null), new(2, 4, null), new(3, 4, null), new(4, 4, null)], told);
    }

    [Fact]
    public void Cancelled_on_the_way_it_stops()
    {
        using var source = new CancellationTokenSource();
        var told = new List<BoostingProgress>();
        Assert.ThrowsAny<OperationCanceledException>(() => GradientBoosting.Fit(Rows, Labels, Options, progress: new Told(told, source, 3), cancellationToken: source.Token));
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public void Class_weights_are_weights_of_the_rows_of_a_class()
    {
        var by = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 5, ClassWeights = [1, 3] });
        var rows = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 5 }, [.. Labels.Select(label => label > 0 ? 3.0 : 1)]);
        Assert.Equal(rows.PredictRaw(Rows), by.PredictRaw(Rows));
    }

    [Fact]
    public void A_share_of_the_columns_leaves_the_others_out_of_a_tree()
    {
        var model = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 12, ColumnShare = 0.4 });
        Assert.All(model.Trees, tree => Assert.InRange(tree.Feature.Where(column => column >= 0).Distinct().Count(), 1, 2));
        Assert.Equal([0, 1, 2, 3, 4], model.Trees.SelectMany(tree => tree.Feature).Where(column => column >= 0).Distinct().Order());
    }

    [Fact]
    public void A_share_of_the_rows_is_drawn_anew_for_each_tree()
    {
        var model = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 6, RowShare = 0.3, MaxDepth = 1 });
        Assert.All(model.Trees, tree => Assert.Equal(360, tree.Cover[0]));
        Assert.True(model.Trees.Select(tree => tree.Value[0]).Distinct().Count() == 6);
        var other = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 6, RowShare = 0.3, MaxDepth = 1, Seed = 1 });
        Assert.NotEqual(model.PredictRaw(Rows), other.PredictRaw(Rows));
    }

    [Theory]
    [InlineData(TreeGrowth.DepthWise, 5)]
    [InlineData(TreeGrowth.LeafWise, 5)]
    [InlineData(TreeGrowth.LeafWise, 40)]
    public void A_tree_has_no_more_leaves_than_asked_for(TreeGrowth growth, int leaves)
    {
        var model = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 3, Growth = growth, MaxLeaves = leaves, MaxDepth = 12 });
        Assert.All(model.Trees, tree => Assert.Equal((2 * leaves) - 1, tree.Nodes));
    }

    [Fact]
    public void Leaf_wise_growth_gains_more_with_the_same_leaves()
    {
        var options = Options with { Loss = BoostingLoss.Squared, Rounds = 1, MaxLeaves = 8, MaxDepth = 12 };
        var target = SomeTrees.Target(Rows, BoostingLoss.Squared);
        Assert.True(Error(TreeGrowth.LeafWise) < Error(TreeGrowth.DepthWise));

        double Error(TreeGrowth growth) => GradientBoosting.Fit(Rows, target, options with { Growth = growth }).Predict(Rows).Zip(target, (found, wanted) => (found - wanted) * (found - wanted)).Sum();
    }

    [Fact]
    public void More_categories_than_bins_share_the_last_one()
    {
        var random = new Xoshiro256(2);
        // 300 codes twice each, and code 700 as often as all the others.
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 1200).Select(row => new[] { row < 600 ? row % 300 : 700.0, random.NextDouble() })]);
        double[] target = [.. Enumerable.Range(0, 1200).Select(row => row < 600 ? 0.0 : 5)];
        var model = GradientBoosting.Fit(rows, target, new BoostingOptions { Loss = BoostingLoss.Squared, Rounds = 1, LearningRate = 1, L2 = 0, CategoryL2 = 0, MaxDepth = 1, Categorical = [0] });
        Assert.Equal([701, 0], model.CategoryCounts);
        var found = model.Predict(Matrix.FromRows([[0, 0], [123, 0], [299, 0], [700, 0]]));
        Assert.Equal([0.0, 0, 0, 5], found.Select(value => Math.Round(value, 5)));
    }

    [Fact]
    public void A_column_that_says_nothing_is_never_split_on()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 200).Select(row => new[] { double.NaN, 7, row % 10, 3 })]);
        var model = GradientBoosting.Fit(rows, [.. Enumerable.Range(0, 200).Select(row => row % 10 > 4 ? 1.0 : 0)], new BoostingOptions { Rounds = 3, Categorical = [3] });
        Assert.All(model.Trees, tree => Assert.All(tree.Feature, column => Assert.Contains(column, (int[])[-1, 2])));
        var nothing = GradientBoosting.Fit(Matrix.FromRows([[double.NaN], [double.NaN]]), [0, 1], new BoostingOptions { Rounds = 2 });
        Assert.Equal([0.5], nothing.Predict(Matrix.FromRows([[3]])));
    }

    [Fact]
    public void Nodes_of_more_rows_than_one_thread_takes_give_the_same_bytes_and_hold_the_rows_they_should()
    {
        var rows = SomeTrees.Mixed(90_001);
        var labels = SomeTrees.Target(rows, BoostingLoss.Logistic);
        var options = Options with { Rounds = 2, MaxDepth = 3, Threads = 1 };
        var model = GradientBoosting.Fit(rows, labels, options);
        var one = Some.Bytes(model.Save);
        Assert.Equal(one, Some.Bytes(GradientBoosting.Fit(rows, labels, options with { Threads = 2 }).Save));
        Assert.Equal(one, Some.Bytes(GradientBoosting.Fit(rows, labels, options with { Threads = 5 }).Save));
        foreach (var tree in model.Trees)
        {
            var reached = new double[tree.Nodes];
            for (var row = 0; row < rows.Rows; row++)
                reached[tree.LeafOf(rows.Row(row))]++;
            Assert.All(Enumerable.Range(0, tree.Nodes).Where(node => tree.Feature[node] < 0), leaf => Assert.Equal(tree.Cover[leaf], reached[leaf]));
        }
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(Rows, Labels, new BoostingOptions
        {
            Rounds = 0,
            LearningRate = 2,
            MaxBins = 256,
            Categorical = [9],
            Monotone = [1],
            L2 = double.NaN,
            ClassWeights = [1, 2, 3],
        })).Message;
        foreach (var fault in (string[])["Rounds is 0", "LearningRate is 2", "MaxBins is 256", "Categorical is [9]", "Monotone has 1", "L2 is NaN", "ClassWeights has 3"])
            Assert.Contains(fault, message);
    }

    [Fact]
    public void Lengths_that_differ_and_weights_without_meaning_are_refused()
    {
        Assert.Contains("3 targets for 1200 rows", Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(Rows, [0, 1, 0], Options)).Message);
        Assert.Contains("2 weights for 1200 rows", Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(Rows, Labels, Options, [1, 1])).Message);
        var weights = new double[1200];
        Assert.Contains("weight 0", Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(Rows, Labels, Options, weights)).Message);
        weights[8] = -1;
        Assert.Contains("Row 8", Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(Rows, Labels, Options, weights)).Message);
        var category = Rows.Values.ToArray();
        category[(5 * 11) + 4] = 2.5;
        Assert.Contains("Row 11, column 4", Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(new Matrix(1200, 5, category), Labels, Options)).Message);
        category[(5 * 11) + 4] = 65_535;
        Assert.Contains("65535", Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(new Matrix(1200, 5, category), Labels, Options)).Message);
    }

    [Fact]
    public void Names_categories_and_losses_rest_in_the_file()
    {
        string[] names = ["spend", "Größe", "visits", "country", "category"];
        var heldOut = new BoostingValidation(Rows, Labels);
        var model = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 3, FeatureNames = names }, validation: heldOut);
        var loaded = BoostedTrees.Load(new MemoryStream(Some.Bytes(model.Save)));
        Assert.Equal(names, loaded.FeatureNames);
        Assert.Equal([0, 0, 0, 3, 30], loaded.CategoryCounts);
        Assert.Equal(model.ValidationLosses, loaded.ValidationLosses);
        Assert.Equal(model.PredictRaw(Rows), loaded.PredictRaw(Rows));
        Assert.Equal((BoostingLoss.Logistic, 5, 1, 3), (loaded.Loss, loaded.Features, loaded.Outputs, loaded.Rounds));
    }

    [Fact]
    public void A_number_changed_in_the_file_is_refused_or_leaves_a_tree_that_can_be_walked()
    {
        var model = GradientBoosting.Fit(Rows, Labels, Options with { Rounds = 2 });
        var bytes = Some.Bytes(model.Save);
        var start = 12 + BitConverter.ToInt32(bytes, 8);
        var refused = 0;
        for (var at = start; at + 8 <= bytes.Length; at += 8)
        {
            foreach (var value in (double[])[-2, 0.5, 1e9, double.NaN])
            {
                var damaged = bytes.ToArray();
                BitConverter.TryWriteBytes(damaged.AsSpan(at), value);
                var exception = Record.Exception(() => BoostedTrees.Load(new MemoryStream(damaged)).PredictRaw(Rows.Take([0, 1, 2])));
                if (exception is not null)
                {
                    Assert.IsType<InvalidDataException>(exception);
                    refused++;
                }
            }
        }

        Assert.True(refused > 500, $"{refused}");
    }

    private sealed class Told(List<BoostingProgress> told, CancellationTokenSource? source = null, int cancelAt = 0) : IProgress<BoostingProgress>
    {
        public void Report(BoostingProgress value)
        {
            told.Add(value);
            if (told.Count == cancelAt)
                source!.Cancel();
        }
    }
}
