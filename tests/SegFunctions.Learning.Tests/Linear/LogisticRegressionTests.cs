using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Linear;

public sealed class LogisticRegressionTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, true)]
    [InlineData(9, false)]
    [InlineData(17, true)]
    public void Gradient_and_curvature_are_the_slopes_of_what_stands_above_them(int columns, bool weighted)
    {
        var rows = Some.Normal(60, columns, seed: columns);
        var random = new Xoshiro256(columns);
        double[] labels = [.. Enumerable.Range(0, 60).Select(_ => (double)random.NextInt(2))];
        double[]? weights = weighted ? [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())] : null;
        using var team = new ChunkTeam(1, CancellationToken.None);
        // A category of three levels beside the numbers, some rows without.
        int[] codes = [.. Enumerable.Range(0, 60).Select(_ => random.NextInt(4) - 1)];
        var design = LogisticDesign.Of(rows, codes, [3]);
        columns += 3;
        var scales = ColumnScales.Of(design, weights, weights?.Sum() ?? 60, ColumnScaling.Standardised, team);
        var objective = new LogisticObjective(design, labels, weights, scales, l2: 0.7, team);
        double[] beta = [.. Enumerable.Range(0, columns + 1).Select(_ => random.NextNormal() / 2)];

        objective.Evaluate(beta, curvature: true);
        var gradient = objective.Gradient.ToArray();
        var hessian = objective.Hessian.ToArray();
        const double Step = 1e-5;
        for (var j = 0; j <= columns; j++)
        {
            var (above, aboveGradient) = At(j, Step);
            var (below, belowGradient) = At(j, -Step);
            Assert.Equal((above - below) / (2 * Step), gradient[j], 1e-6);
            for (var i = 0; i <= columns; i++)
                Assert.Equal((aboveGradient[i] - belowGradient[i]) / (2 * Step), hessian[(j * (columns + 1)) + i], 1e-6);
        }

        (double Value, double[] Gradient) At(int j, double step)
        {
            var moved = beta.ToArray();
            moved[j] += step;
            objective.Evaluate(moved, curvature: false);
            return (objective.Value, objective.Gradient.ToArray());
        }
    }

    [Fact]
    public void Planted_coefficients_are_found_within_their_errors()
    {
        var rows = Some.Normal(20_000, 3);
        var random = new Xoshiro256(9);
        bool[] labels = [.. Enumerable.Range(0, 20_000).Select(row => random.NextDouble() < Logistic.Probability(0.4 + (1.2 * rows[row, 0]) - (0.8 * rows[row, 1])))];
        var model = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 0 });
        Assert.True(model.Converged, model.Outcome.En);
        foreach (var (truth, found, error) in ((double, double, double)[])[(0.4, model.Intercept, model.StandardErrors[0]), (1.2, model.Coefficients[0], model.StandardErrors[1]), (-0.8, model.Coefficients[1], model.StandardErrors[2]), (0, model.Coefficients[2], model.StandardErrors[3])])
        {
            Assert.InRange(error, 0.01, 0.03);
            Assert.InRange(found, truth - (4 * error), truth + (4 * error));
        }
    }

    [Fact]
    public void Units_of_a_column_change_nothing_but_its_coefficient()
    {
        var (rows, labels) = Table(400);
        var scaled = new Matrix(400, 3, [.. rows.Values.ToArray().Select((value, i) => i % 3 == 1 ? (value * 1e6) + 1e9 : value)]);
        var here = LogisticRegression.Fit(rows, labels, new LogisticOptions());
        var there = LogisticRegression.Fit(scaled, labels, new LogisticOptions());
        Assert.Equal(here.Coefficients[1], there.Coefficients[1] * 1e6, 1e-6);
        Assert.Equal(here.Coefficients[0], there.Coefficients[0], 1e-6);
    }

    [Fact]
    public void A_weight_of_two_is_a_row_twice_and_of_zero_a_row_absent_with_a_penalty_too()
    {
        var (rows, labels) = Table(60);
        double[] weights = [.. Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? 0.0 : row % 3)];
        int[] repeated = [.. Enumerable.Range(0, 60).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        var weighted = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 2 }, weights);
        var repeatedModel = LogisticRegression.Fit(rows.Take(repeated), [.. repeated.Select(row => labels[row])], new LogisticOptions { L2 = 2 });
        Assert.Equal(repeatedModel.Intercept, weighted.Intercept, 1e-8);
        for (var column = 0; column < 3; column++)
            Assert.Equal(repeatedModel.Coefficients[column], weighted.Coefficients[column], 1e-8);
    }

    [Fact]
    public void Contributions_sum_to_the_log_odds()
    {
        var (rows, labels) = Table(200);
        var model = LogisticRegression.Fit(rows, labels, new LogisticOptions());
        for (var row = 0; row < 200; row++)
        {
            var logOdds = model.AverageLogOdds + model.Contributions(rows.Row(row)).Sum();
            Assert.Equal(model.Predict(rows.Row(row)), Logistic.Probability(logOdds), 1e-13);
        }

        Assert.All(model.Contributions([.. model.Means]), share => Assert.Equal(0, share));
    }

    [Fact]
    public void Perfectly_separated_classes_are_fine_with_a_penalty_and_named_without()
    {
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 40).Select(row => new[] { row < 20 ? row - 30.0 : row })]);
        bool[] labels = [.. Enumerable.Range(0, 40).Select(row => row >= 20)];
        var penalised = LogisticRegression.Fit(rows, labels, new LogisticOptions());
        Assert.True(penalised.Converged, penalised.Outcome.En);
        Assert.Equal(1, RocAuc.Of(penalised.Predict(rows), labels));
        var free = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 0 });
        Assert.False(free.Converged);
        Assert.Equal(Separation.Complete, free.Separation);
        Assert.Equal(Separation.None, penalised.Separation);
        Assert.Contains("separate the classes perfectly", free.Outcome.En);
        Assert.All(free.Predict(rows), probability => Assert.True(double.IsFinite(probability)));
    }

    [Fact]
    public void Columns_that_repeat_each_other_are_fine_with_a_penalty_and_named_without()
    {
        var (rows, labels) = Table(100);
        var doubled = Matrix.FromRows([.. Enumerable.Range(0, 100).Select(row => new[] { rows[row, 0], rows[row, 0] })]);
        Assert.True(LogisticRegression.Fit(doubled, labels, new LogisticOptions()).Converged);
        var free = LogisticRegression.Fit(doubled, labels, new LogisticOptions { L2 = 0 });
        Assert.False(free.Converged);
        Assert.Contains("repeat others", free.Outcome.En);
        var limited = LogisticRegression.Fit(doubled, labels, new LogisticOptions { L2 = 0, Solver = LogisticSolver.LimitedMemory });
        Assert.Null(limited.Interval(0));
        Assert.Contains("repeat others", limited.IntervalNote.En);
    }

    [Fact]
    public void A_level_that_only_one_class_has_is_named_as_partial_separation()
    {
        var random = new Xoshiro256(3);
        bool[] labels = [.. Enumerable.Range(0, 300).Select(row => row % 10 == 0 || random.NextInt(3) == 0)];
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 300).Select(row => new[] { random.NextNormal(), row % 10 == 0 ? 1 : 0 })]);
        var free = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 0 });
        Assert.False(free.Converged);
        Assert.Equal(Separation.Partial, free.Separation);
        Assert.Contains("part of the rows", free.Outcome.En);
        Assert.Null(free.Interval(0));
        Assert.True(LogisticRegression.Fit(rows, labels, new LogisticOptions()).Converged);
    }

    [Fact]
    public void A_far_outlier_is_no_separation()
    {
        var (rows, labels) = Table(400);
        var values = rows.Values.ToArray();
        values[0] = 60;
        labels[0] = true;
        var model = LogisticRegression.Fit(new Matrix(400, 3, values), labels, new LogisticOptions { L2 = 0 });
        Assert.True(model.LogOdds(values.AsSpan(0, 3)) > 20);
        Assert.True(model.Converged, model.Outcome.En);
        Assert.Equal(Separation.None, model.Separation);
    }

    [Fact]
    public void Nineteen_of_twenty_intervals_hold_the_true_coefficient()
    {
        var held = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var rows = Some.Normal(400, 2, seed);
            var random = new Xoshiro256(seed, 5);
            bool[] labels = [.. Enumerable.Range(0, 400).Select(row => random.NextDouble() < Logistic.Probability((0.8 * rows[row, 0]) - 0.3))];
            var model = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 0, Threads = 1 });
            for (var column = 0; column < 2; column++)
            {
                var interval = model.Interval(column)!.Value;
                held += interval.Lower <= (column == 0 ? 0.8 : 0) && interval.Upper >= (column == 0 ? 0.8 : 0) ? 1 : 0;
            }
        }

        // 190 of 200 expected with standard deviation 3.1.
        Assert.InRange(held, 179, 199);
    }

    [Fact]
    public void Positives_of_weight_three_are_positives_three_times()
    {
        var (rows, labels) = Table(90);
        double[] weights = [.. labels.Select(label => label ? 3.0 : 1)];
        var classes = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 0, PositiveWeight = 3 });
        var sampled = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 0 }, weights);
        for (var column = 0; column < 3; column++)
            Assert.Equal(sampled.Coefficients[column], classes.Coefficients[column], 1e-8);
        Assert.True(classes.Predict(rows).Average() > labels.Count(label => label) / 90.0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_single_class_gives_its_smoothed_share_and_says_so(bool label)
    {
        var model = LogisticRegression.Fit(Some.Normal(9, 2), [.. Enumerable.Repeat(label, 9)], new LogisticOptions());
        Assert.False(model.Converged);
        Assert.Contains(label ? "positive" : "negative", model.Outcome.En);
        Assert.All(model.Predict(Some.Normal(3, 2)), probability => Assert.Equal(label ? 0.95 : 0.05, probability, 1e-12));
    }

    [Fact]
    public void Too_few_iterations_are_said()
    {
        var (rows, labels) = Table(200);
        var model = LogisticRegression.Fit(rows, labels, new LogisticOptions { MaxIterations = 1 });
        Assert.False(model.Converged);
        Assert.Contains("allow more iterations", model.Outcome.En);
    }

    [Fact]
    public void Huge_log_odds_overflow_nowhere()
    {
        Assert.Equal(1, Logistic.Probability(1e4));
        Assert.Equal(0, Logistic.Probability(-1e4));
        Assert.Equal(0.5, Logistic.Probability(0));
        Assert.Equal(1e4, Logistic.Softplus(1e4));
        Assert.Equal(0, Logistic.Softplus(-1e4));
        Assert.Equal(Math.Log(2), Logistic.Softplus(0), 1e-15);
    }

    [Fact]
    public void Wrong_labels_weights_and_options_are_refused()
    {
        var rows = Some.Normal(3, 2);
        Assert.Contains("2 labels for 3 rows", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [true, false], new LogisticOptions())).Message);
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [true, false, true], new LogisticOptions(), [1, -1, 1])).Message);
        Assert.Contains("Every weight is 0", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [true, false, true], new LogisticOptions(), [0, 0, 0])).Message);
        var message = Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [true, false, true], new LogisticOptions { L2 = -1, L1 = double.NaN, PositiveWeight = 0, Scaling = (ColumnScaling)9, Solver = (LogisticSolver)9, MaxIterations = 0, Tolerance = 0, Threads = 0 })).Message;
        foreach (var name in (string[])["L2", "L1", "PositiveWeight", "Scaling", "Solver", "MaxIterations", "Tolerance", "Threads"])
            Assert.Contains(name, message);
    }

    private static (Matrix Rows, bool[] Labels) Table(int count)
    {
        var rows = Some.Normal(count, 3, seed: count);
        var random = new Xoshiro256(count);
        return (rows, [.. Enumerable.Range(0, count).Select(row => random.NextDouble() < Logistic.Probability(rows[row, 0] - (0.5 * rows[row, 2])))]);
    }
}
