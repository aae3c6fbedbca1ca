using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Linear;

public sealed class LogisticPenaltyTests
{
    [Theory]
    [InlineData(LogisticSolver.Newton)]
    [InlineData(LogisticSolver.LimitedMemory)]
    public void At_the_optimum_every_slope_is_held_by_the_penalty(LogisticSolver solver)
    {
        // Karush, Kuhn and Tucker: |slope| ≤ L1 where the coefficient is 0, slope = −L1 · sign where it is not.
        Prop.ForAll<byte, byte, byte>((seed, strength, ridge) =>
        {
            var (rows, labels) = Table(80, 7, seed);
            var options = new LogisticOptions { L1 = strength / 20.0, L2 = ridge / 50.0, Solver = solver, Threads = 1 };
            if (options.L1 + options.L2 == 0)
                return true;
            var model = LogisticRegression.Fit(rows, labels, options);
            var slopes = Slopes(rows, labels, model);
            var fine = model.Converged && Math.Abs(labels.Count(label => label) - model.Predict(rows).Sum()) < 1e-3;
            for (var column = 0; column < 7; column++)
            {
                var coefficient = model.Coefficients[column] * model.Scales[column];
                var slope = slopes[column] + (options.L2 * coefficient);
                fine &= coefficient == 0 ? Math.Abs(slope) <= options.L1 + 1e-3 : Math.Abs(slope + (options.L1 * Math.Sign(coefficient))) < 1e-3;
            }

            return fine;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Both_solvers_find_the_same_optimum()
    {
        Prop.ForAll<byte, byte, byte>((seed, strength, ridge) =>
        {
            var (rows, labels) = Table(90, 5, seed);
            var options = new LogisticOptions { L1 = strength / 25.0, L2 = 0.1 + (ridge / 50.0), Threads = 1, Tolerance = 1e-14 };
            var newton = LogisticRegression.Fit(rows, labels, options with { Solver = LogisticSolver.Newton });
            var limited = LogisticRegression.Fit(rows, labels, options with { Solver = LogisticSolver.LimitedMemory });
            return newton.Converged && limited.Converged
                && newton.Coefficients.Zip(limited.Coefficients).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5)
                && newton.Coefficients.Zip(limited.Coefficients).All(pair => (pair.First == 0) == (pair.Second == 0) || Math.Abs(pair.First) + Math.Abs(pair.Second) < 1e-6);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Columns_that_nearly_repeat_others_converge_in_few_steps_too()
    {
        var (rows, labels) = Table(120, 3, 5);
        var random = new Xoshiro256(6);
        var doubled = Matrix.FromRows([.. Enumerable.Range(0, 120).Select(row => new[] { rows[row, 0], rows[row, 1], rows[row, 2], (2 * rows[row, 0]) + (1e-5 * random.NextNormal()), rows[row, 2] - (1e-5 * random.NextNormal()) })]);
        foreach (var (l1, l2) in ((double, double)[])[(0.01, 0), (0.001, 1e-6), (1, 1e-4)])
        {
            var model = LogisticRegression.Fit(doubled, labels, new LogisticOptions { L1 = l1, L2 = l2 });
            Assert.True(model.Converged, model.Outcome.En);
            Assert.InRange(model.Iterations, 1, 40);
            var slopes = Slopes(doubled, labels, model);
            for (var column = 0; column < 5; column++)
            {
                var coefficient = model.Coefficients[column] * model.Scales[column];
                var slope = slopes[column] + (l2 * coefficient);
                Assert.True(coefficient == 0 ? Math.Abs(slope) <= l1 + 1e-4 : Math.Abs(slope + (l1 * Math.Sign(coefficient))) < 1e-4);
            }
        }
    }

    [Fact]
    public void A_limited_memory_fit_that_says_it_converged_lies_no_higher_than_Newtons()
    {
        // Columns that nearly repeat others, of scales far apart, under slight penalties: valleys so flat that a gradient says little.
        var worst = 0.0;
        var higher = 0;
        var unsure = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Xoshiro256(seed, 3);
            var columns = 3 + random.NextInt(6);
            var count = 20 + random.NextInt(100);
            var (rows, labels) = Table(count, columns, seed);
            var closeness = Math.Pow(10, -7 * random.NextDouble());
            var mixed = Matrix.FromRows([.. Enumerable.Range(0, count).Select(row => Enumerable.Range(0, columns)
                .Select(column => Math.Pow(10, (column % 5) - 2) * (column % 2 == 0 ? rows[row, column] : rows[row, column - 1] + (closeness * rows[row, column]))).ToArray())]);
            var options = new LogisticOptions { L2 = Math.Pow(10, -6 * random.NextDouble()), L1 = seed % 3 == 0 ? Math.Pow(10, -4 * random.NextDouble()) : 0, Threads = 1 };
            var newton = LogisticRegression.Fit(mixed, labels, options with { Solver = LogisticSolver.Newton });
            var limited = LogisticRegression.Fit(mixed, labels, options with { Solver = LogisticSolver.LimitedMemory });
            Assert.True(newton.Converged, $"seed {seed}: {newton.Outcome.En}");
            var excess = Objective(mixed, labels, limited, options) - Objective(mixed, labels, newton, options);
            unsure += limited.Converged ? 0 : 1;
            if (limited.Converged && excess > 1e-8 * count)
                higher++;
            if (limited.Converged)
                worst = Math.Max(worst, excess / count);
        }

        Assert.True(higher == 0, $"{higher} of 300 are higher, the worst by {worst} a row; {unsure} did not converge");
        // To creep along an edge of the L1 penalty and say so is no lie, but rare.
        Assert.InRange(unsure, 0, 1);
    }

    [Fact]
    public void Strong_L1_leaves_the_share_of_positives_alone_and_a_little_keeps_what_matters()
    {
        var (rows, labels) = Table(400, 8, 1);
        var strong = LogisticRegression.Fit(rows, labels, new LogisticOptions { L1 = 1e4, L2 = 0 });
        Assert.True(strong.Converged, strong.Outcome.En);
        Assert.All(strong.Coefficients, coefficient => Assert.Equal(0, coefficient));
        Assert.Equal(labels.Count(label => label) / 400.0, strong.Predict(rows)[0], 1e-9);
        var some = LogisticRegression.Fit(rows, labels, new LogisticOptions { L1 = 25, L2 = 0 });
        Assert.NotEqual(0, some.Coefficients[0]);
        Assert.Contains(0.0, some.Coefficients);
    }

    [Fact]
    public void More_penalty_never_makes_the_penalised_norm_greater()
    {
        var (rows, labels) = Table(200, 6, 4);
        foreach (var l1 in (bool[])[false, true])
        {
            var before = double.PositiveInfinity;
            foreach (var strength in (double[])[0.1, 1, 5, 20, 60])
            {
                var model = LogisticRegression.Fit(rows, labels, l1 ? new LogisticOptions { L1 = strength, L2 = 0 } : new LogisticOptions { L2 = strength });
                var norm = model.Coefficients.Zip(model.Scales, (coefficient, scale) => l1 ? Math.Abs(coefficient * scale) : coefficient * scale * coefficient * scale).Sum();
                Assert.True(norm <= before + 1e-9);
                before = norm;
            }
        }
    }

    [Fact]
    public void With_L1_there_are_no_intervals_and_the_note_says_why()
    {
        var (rows, labels) = Table(100, 3, 2);
        var lasso = LogisticRegression.Fit(rows, labels, new LogisticOptions { L1 = 1 });
        Assert.Null(lasso.Interval(0));
        Assert.Contains("L1", lasso.IntervalNote.En);
        Assert.Contains("Laplace", LogisticRegression.Fit(rows, labels, new LogisticOptions()).IntervalNote.En);
        var free = LogisticRegression.Fit(rows, labels, new LogisticOptions { L2 = 0 });
        Assert.Contains("Wald", free.IntervalNote.En);
        var interval = free.Interval(1, 0.9)!.Value;
        Assert.Equal(free.Coefficients[1], interval.Value);
        Assert.Equal(2 * 1.6448536 * free.StandardErrors[2], interval.Upper - interval.Lower, 1e-6);
    }

    [Fact]
    public void Inverse_diagonal_is_that_of_the_inverse()
    {
        var rows = Some.Normal(30, 9);
        var matrix = new double[81];
        for (var row = 0; row < 30; row++)
        {
            for (var i = 0; i < 81; i++)
                matrix[i] += rows[row, i / 9] * rows[row, i % 9];
        }

        var factor = Cholesky.Of(matrix, 9)!;
        var diagonal = factor.InverseDiagonal();
        for (var j = 0; j < 9; j++)
        {
            var unit = new double[9];
            unit[j] = 1;
            Assert.Equal(factor.Solve(unit)[j], diagonal[j], 1e-13);
        }
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    [InlineData(64, 16)]
    [InlineData(17, 40)]
    public void Weighted_products_are_those_of_the_plain_loops(int rows, int width)
    {
        var left = Some.Normal(rows, width, 1).Values.ToArray();
        var right = Some.Normal(rows, width, 2).Values.ToArray();
        var sums = Some.Normal(width, width, 3).Values.ToArray();
        var expected = sums.ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var j = 0; j < width; j++)
            {
                for (var k = 0; k <= j; k++)
                    expected[(j * width) + k] += left[(row * width) + j] * right[(row * width) + k];
            }
        }

        WeightedProducts.AddLower(left, right, rows, width, sums);
        for (var j = 0; j < width; j++)
        {
            for (var k = 0; k <= j; k++)
                Assert.Equal(expected[(j * width) + k], sums[(j * width) + k], 1e-11);
        }
    }

    /// <summary>Of the loss, by standardised coefficient, without any of our kernels.</summary>
    private static double Objective(Matrix rows, bool[] labels, LogisticModel model, LogisticOptions options)
    {
        var sum = 0.0;
        for (var row = 0; row < rows.Rows; row++)
        {
            var logOdds = model.LogOdds(rows.Row(row));
            sum += Logistic.Softplus(logOdds) - (labels[row] ? logOdds : 0);
        }

        for (var column = 0; column < rows.Columns; column++)
        {
            var coefficient = model.Coefficients[column] * model.Scales[column];
            sum += (options.L2 / 2 * coefficient * coefficient) + (options.L1 * Math.Abs(coefficient));
        }

        return sum;
    }

    private static double[] Slopes(Matrix rows, bool[] labels, LogisticModel model)
    {
        var slopes = new double[rows.Columns];
        var probabilities = model.Predict(rows);
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var column = 0; column < slopes.Length; column++)
                slopes[column] += (probabilities[row] - (labels[row] ? 1 : 0)) * (rows[row, column] - model.Means[column]) / model.Scales[column];
        }

        return slopes;
    }

    private static (Matrix Rows, bool[] Labels) Table(int count, int columns, long seed)
    {
        var rows = Some.Normal(count, columns, seed + 1);
        var random = new Xoshiro256(seed, 3);
        return (rows, [.. Enumerable.Range(0, count).Select(row => random.NextDouble() < Logistic.Probability((1.2 * rows[row, 0]) - (0.7 * rows[row, 2]) - 0.3))]);
    }
}
