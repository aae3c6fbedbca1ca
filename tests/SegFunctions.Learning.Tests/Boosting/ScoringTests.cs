using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting;

public sealed class ScoringTests
{
    [Theory]
    [InlineData(30, 6, 255)]
    [InlineData(400, 8, 255)]
    [InlineData(30, 3, 7)]
    public void Sixty_four_rows_at_once_score_as_a_walk_through_the_trees_does(int codes, int depth, int bins)
    {
        var rows = SomeTrees.Mixed(1500, codes: codes);
        var options = new BoostingOptions { Rounds = 12, LearningRate = 0.4, MaxDepth = depth, MinLeafRows = 2, MinCategoryRows = 1, MaxBins = bins, Categorical = SomeTrees.MixedCategories };
        var model = GradientBoosting.Fit(rows, SomeTrees.Target(rows, BoostingLoss.Logistic), options);
        Assert.Contains(model.Trees, tree => tree.Feature.Contains(4));
        Assert.Contains(model.Trees, tree => tree.Feature.Contains(1));
        var strange = Matrix.FromRows([.. Enumerable.Range(0, 131).Select(row => new[] { row / 10.0 - 6, row % 3 == 0 ? double.NaN : row - 60, row % 9, row % 5 == 0 ? double.NaN : row % 5, row * 7 % 900 })]);
        foreach (var scored in (Matrix[])[rows, strange])
            Assert.Equal(Walked(model, scored), model.PredictRaw(scored));
    }

    [Fact]
    public void Classes_are_scored_side_by_side()
    {
        var rows = SomeTrees.Mixed(700);
        var options = new BoostingOptions { Loss = BoostingLoss.Softmax, Rounds = 4, Categorical = SomeTrees.MixedCategories };
        var model = GradientBoosting.Fit(rows, SomeTrees.Target(rows, BoostingLoss.Softmax), options);
        Assert.Equal(4, model.Outputs);
        Assert.Equal(Walked(model, rows), model.PredictRaw(rows));
        var probabilities = model.Predict(rows);
        for (var row = 0; row < rows.Rows; row++)
            Assert.Equal(1, probabilities.AsSpan(row * 4, 4).ToArray().Sum(), 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(600)]
    public void Trees_of_any_number_of_leaves_score_by_their_splits(int splits)
    {
        var model = new BoostedTrees(BoostingLoss.Squared, ["x"], [0], [10], [SomeTrees.Chain(splits)]);
        var values = Enumerable.Range(-2, splits + 5).Select(value => (double)value).Append(double.NaN).ToArray();
        var expected = values.Select(value => 10 + (double.IsNaN(value) ? (splits > 3 ? 3 : splits) : Math.Clamp(value, 0, splits)));
        Assert.Equal(expected, model.Predict(new Matrix(values.Length, 1, values)));
    }

    [Fact]
    public void Codes_beyond_the_words_of_a_set_go_where_missing_goes()
    {
        // One set of one word, one of two: 64 and beyond are missing to the first alone.
        var model = new BoostedTrees(BoostingLoss.Squared, ["c"], [128], [0], [SomeTrees.Stump([0b110], true), SomeTrees.Stump([0b100, 1UL << 6], false)]);
        double[] codes = [0, 1, 2, 3, 63, 64, 70, 127, 128, 5000, double.NaN];
        double[] first = [1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0];
        double[] second = [1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1];
        Assert.Equal(first.Zip(second, (a, b) => a + b), model.Predict(new Matrix(codes.Length, 1, codes)));
        Assert.Equal(Walked(model, new Matrix(codes.Length, 1, codes)), model.Predict(new Matrix(codes.Length, 1, codes)));
    }

    [Fact]
    public void Without_trees_the_prior_is_all_there_is()
    {
        var model = new BoostedTrees(BoostingLoss.Logistic, ["x"], [0], [0], []);
        Assert.Equal([0.5, 0.5], model.Predict(new Matrix(2, 1, [1, double.NaN])));
        Assert.Empty(model.Predict(new Matrix(0, 1, [])));
    }

    [Theory]
    [InlineData(-1.0, "-1")]
    [InlineData(1.5, "1.5")]
    public void What_is_no_category_is_refused_with_its_place(double value, string shown)
    {
        var model = new BoostedTrees(BoostingLoss.Squared, ["x", "c"], [0, 4], [0], [RegressionTree.Leaf(1, 1)]);
        var message = Assert.Throws<ArgumentException>(() => model.Predict(new Matrix(2, 2, [0, 1, 0, value]))).Message;
        Assert.Contains("Row 1, column 1", message);
        Assert.Contains(shown, message);
    }

    private static double[] Walked(BoostedTrees model, Matrix rows)
    {
        var margins = new double[rows.Rows * model.Outputs];
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var output = 0; output < model.Outputs; output++)
                margins[(row * model.Outputs) + output] = model.BaseScores[output];
            for (var tree = 0; tree < model.Trees.Count; tree++)
                margins[(row * model.Outputs) + (tree % model.Outputs)] += model.Trees[tree].Value[model.Trees[tree].LeafOf(rows.Row(row))];
        }

        return margins;
    }
}
