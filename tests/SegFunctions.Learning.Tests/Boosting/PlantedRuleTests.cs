using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Boosting;

/// <summary>A rule is planted, a tree must find just that.</summary>
public sealed class PlantedRuleTests
{
    private static readonly BoostingOptions OneSplit = new()
    {
        Loss = BoostingLoss.Squared,
        Rounds = 1,
        LearningRate = 1,
        MaxDepth = 1,
        L2 = 0,
    };

    [Fact]
    public void A_numeric_rule_is_found_at_its_border()
    {
        var rows = Some.Uniform(400, 3);
        var tree = Tree(rows, row => row[1] > 0.3 ? 5 : -2, OneSplit);
        Assert.Equal(1, tree.Feature[0]);
        var below = Enumerable.Range(0, 400).Select(row => rows[row, 1]).Where(value => value <= 0.3).Max();
        var above = Enumerable.Range(0, 400).Select(row => rows[row, 1]).Where(value => value > 0.3).Min();
        // 255 bins for 400 values: the border is exact to about a bin.
        Assert.InRange(tree.Threshold[0], below - 0.01, above + 0.01);
        var few = Matrix.FromRows([.. Enumerable.Range(0, 400).Select(row => new[] { rows[row, 0], row % 10, rows[row, 2] })]);
        tree = Tree(few, row => row[1] > 6 ? 5 : -2, OneSplit);
        Assert.Equal(6.5, tree.Threshold[0]);
        Assert.Equal(-2, Value(tree, [0.5, 6, 0.5]), 1e-6);
        Assert.Equal(5, Value(tree, [0.5, 7, 0.5]), 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Missing_values_go_to_the_side_they_belong_to(bool left)
    {
        var random = new Xoshiro256(3);
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 500).Select(row => new[] { random.NextDouble(), row % 5 == 0 ? double.NaN : row % 20 })]);
        var tree = Tree(rows, row => (double.IsNaN(row[1]) ? left : row[1] <= 11) ? 1 : 3, OneSplit);
        Assert.Equal(1, tree.Feature[0]);
        Assert.Equal(left, tree.MissingLeft[0]);
        Assert.InRange(tree.Threshold[0], 11, 12);
        Assert.Equal(left ? 1 : 3, Value(tree, [0.1, double.NaN]), 1e-6);
    }

    [Fact]
    public void Missing_against_everything_else_is_a_split_as_well()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 300).Select(row => new[] { row % 4 == 1 ? double.NaN : row % 30 })]);
        var tree = Tree(rows, row => double.IsNaN(row[0]) ? 9 : 2, OneSplit);
        Assert.False(tree.MissingLeft[0]);
        Assert.Equal(9, Value(tree, [double.NaN]), 1e-6);
        Assert.Equal(2, Value(tree, [1e9]), 1e-6);
        Assert.Equal(2, Value(tree, [-1e9]), 1e-6);
    }

    [Fact]
    public void A_set_of_categories_is_found_in_one_split()
    {
        int[] high = [2, 3, 7, 11, 17, 19];
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 2000).Select(row => new[] { (row * 7) % 20, row % 13 / 13.0 })]);
        var tree = Tree(rows, row => high.Contains((int)row[0]) ? 4 : 1, OneSplit with { Categorical = [0], CategoryL2 = 0 });
        Assert.Equal(0, tree.Feature[0]);
        for (var code = 0; code < 20; code++)
            Assert.Equal(high.Contains(code) ? 4 : 1, Value(tree, [code, 0]), 1e-6);
        // Unknown codes are missing values; without any in training both go to the side of more rows.
        foreach (var unknown in (double[])[20, 63, 64, 4000, double.NaN])
            Assert.Equal(1, Value(tree, [unknown, 0]), 1e-6);
    }

    [Fact]
    public void One_of_few_categories_stands_against_the_rest()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 300).Select(row => new[] { row % 3, (row * 7 % 11) / 11.0 })]);
        var tree = Tree(rows, row => row[0] == 1 ? 4 : 0, OneSplit with { Categorical = [0] });
        Assert.Equal([0.0, 4, 0], ((double[])[0, 1, 2]).Select(code => Value(tree, [code, 0])).Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void Missing_is_a_category_of_its_own_and_unknown_ones_follow_it()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 1000).Select(row => new[] { row % 10 == 9 ? double.NaN : row % 10 })]);
        var tree = Tree(rows, row => double.IsNaN(row[0]) || row[0] == 4 ? 6 : 1, OneSplit with { Categorical = [0], CategoryL2 = 0 });
        Assert.Equal(6, Value(tree, [double.NaN]), 1e-6);
        Assert.Equal(6, Value(tree, [4]), 1e-6);
        Assert.Equal(6, Value(tree, [500]), 1e-6);
        Assert.Equal(1, Value(tree, [5]), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_monotone_column_is_followed_in_its_direction_only(int direction)
    {
        var random = new Xoshiro256(8);
        var rows = Some.Uniform(1500, 3);
        var target = Targets(rows, row => (4 * row[0] * direction) + (Math.Sin(9 * row[0]) * 1.5) + (3 * row[1] * row[0]) + (0.4 * random.NextNormal()));
        var model = GradientBoosting.Fit(rows, target, new BoostingOptions { Loss = BoostingLoss.Squared, Rounds = 60, LearningRate = 0.2, MaxDepth = 5, MinLeafRows = 5, Monotone = [direction, 0, 0] });
        var free = GradientBoosting.Fit(rows, target, new BoostingOptions { Loss = BoostingLoss.Squared, Rounds = 60, LearningRate = 0.2, MaxDepth = 5, MinLeafRows = 5 });
        Assert.True(LeastRise(model, direction) >= 0);
        Assert.True(LeastRise(free, direction) < -0.1);
        var error = model.Predict(rows).Zip(target, (found, wanted) => (found - wanted) * (found - wanted)).Average();
        Assert.True(error < 0.75, $"{error}");
    }

    [Fact]
    public void Two_hundred_levels_that_matter_help_and_two_hundred_that_do_not_do_no_harm()
    {
        var random = new Xoshiro256(21);
        var effects = Enumerable.Range(0, 200).Select(_ => random.NextNormal()).ToArray();
        var (trainRows, train) = Draw(6000);
        var (testRows, test) = Draw(6000);
        var options = new BoostingOptions { Threads = 2 };
        var without = LossOf(options, [0, 1]);
        var withNoise = LossOf(options with { Categorical = [2] }, [0, 1, 2]);
        var withEffect = LossOf(options with { Categorical = [2] }, [0, 1, 3]);
        var asNumber = LossOf(options, [0, 1, 3]);
        Assert.True(withEffect < without - 0.03, $"without {without:F4}, with {withEffect:F4}");
        Assert.True(withEffect < asNumber - 0.005, $"as a number {asNumber:F4}, as a category {withEffect:F4}");
        Assert.True(withNoise < without + 0.002, $"without {without:F4}, with noise {withNoise:F4}");

        (Matrix Rows, bool[] Labels) Draw(int count)
        {
            var rows = new double[count][];
            var labels = new bool[count];
            for (var i = 0; i < count; i++)
            {
                rows[i] = [random.NextNormal(), random.NextNormal(), random.NextInt(200), random.NextInt(200)];
                labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(1 - rows[i][0] - effects[(int)rows[i][3]]));
            }

            return (Matrix.FromRows(rows), labels);
        }

        double LossOf(BoostingOptions fitted, int[] columns)
        {
            var model = GradientBoosting.Fit(Columns(trainRows, columns), [.. train.Select(label => label ? 1.0 : 0)], fitted);
            return LogLoss.Of(model.Predict(Columns(testRows, columns)), test);
        }
    }

    private static Matrix Columns(Matrix rows, int[] columns) =>
        Matrix.FromRows([.. Enumerable.Range(0, rows.Rows).Select(row => columns.Select(column => rows[row, column]).ToArray())]);

    private static double LeastRise(BoostedTrees model, int direction)
    {
        var least = double.PositiveInfinity;
        for (var other = 0.05; other < 1; other += 0.1)
        {
            var grid = Matrix.FromRows([.. Enumerable.Range(0, 201).Select(step => new[] { step / 200.0, other, 1 - other })]);
            var found = model.Predict(grid);
            for (var i = 1; i < found.Length; i++)
                least = Math.Min(least, direction * (found[i] - found[i - 1]));
        }

        return least;
    }

    private static RegressionTree Tree(Matrix rows, Func<double[], double> rule, BoostingOptions options)
    {
        var model = GradientBoosting.Fit(rows, Targets(rows, rule), options);
        // The mean is put into the leaves, so that a leaf is what was planted.
        var tree = Assert.Single(model.Trees);
        for (var node = 0; node < tree.Nodes; node++)
            tree.Value[node] += model.BaseScores[0];
        return tree;
    }

    private static double[] Targets(Matrix rows, Func<double[], double> rule) => [.. Enumerable.Range(0, rows.Rows).Select(row => rule(rows.Row(row).ToArray()))];

    private static double Value(RegressionTree tree, double[] row) => tree.Value[tree.LeafOf(row)];
}
