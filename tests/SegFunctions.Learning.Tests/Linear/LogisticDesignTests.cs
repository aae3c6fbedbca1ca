using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Tests.Linear;

public sealed class LogisticDesignTests
{
    [Theory]
    [InlineData(ColumnScaling.Standardised, 1, 0, LogisticSolver.Newton)]
    [InlineData(ColumnScaling.Standardised, 0, 3, LogisticSolver.Newton)]
    [InlineData(ColumnScaling.None, 1, 0, LogisticSolver.Newton)]
    [InlineData(ColumnScaling.None, 1, 2, LogisticSolver.Newton)]
    [InlineData(ColumnScaling.Standardised, 1, 0, LogisticSolver.LimitedMemory)]
    [InlineData(ColumnScaling.Standardised, 1, 2, LogisticSolver.LimitedMemory)]
    public void Categories_as_codes_give_the_model_of_categories_written_out(ColumnScaling scaling, double l2, double l1, LogisticSolver solver)
    {
        var (design, labels, weights) = Shop(700);
        var options = new LogisticOptions { L2 = l2, L1 = l1, Scaling = scaling, Solver = solver };
        var folded = LogisticRegression.Fit(design, labels, options, weights);
        var written = LogisticRegression.Fit(WrittenOut(design), labels, options with { Solver = LogisticSolver.Newton }, weights);
        Assert.True(folded.Converged, folded.Outcome.En);
        Assert.Equal(written.Intercept, folded.Intercept, 1e-5);
        for (var column = 0; column < design.Columns; column++)
        {
            Assert.Equal(written.Coefficients[column], folded.Coefficients[column], 1e-5);
            Assert.Equal(written.Scales[column], folded.Scales[column], 1e-12);
            if (!double.IsNaN(written.StandardErrors[column + 1]))
                Assert.Equal(written.StandardErrors[column + 1], folded.StandardErrors[column + 1], 1e-5);
        }

        var logOdds = folded.LogOdds(design);
        var same = folded.LogOdds(WrittenOut(design));
        for (var row = 0; row < design.Rows; row++)
            Assert.Equal(same[row], logOdds[row], 1e-10);
    }

    [Fact]
    public void Thread_count_never_changes_a_byte()
    {
        var (design, labels, weights) = Shop(9000);
        foreach (var options in (LogisticOptions[])[new(), new() { L1 = 4 }, new() { L1 = 4, Solver = LogisticSolver.LimitedMemory }])
        {
            var one = LogisticRegression.Fit(design, labels, options with { Threads = 1 }, weights);
            foreach (var threads in (int[])[2, 5])
                Assert.Equal(Some.Bytes(one.Save), Some.Bytes(LogisticRegression.Fit(design, labels, options with { Threads = threads }, weights).Save));
        }
    }

    [Fact]
    public void Rows_taken_are_the_rows()
    {
        var (design, _, _) = Shop(50);
        int[] order = [.. Some.Permutation(50).Take(20)];
        Assert.Equal(WrittenOut(design).Take(order).Values, WrittenOut(design.Take(order)).Values);
    }

    [Fact]
    public void Categories_alone_can_be_learned()
    {
        var (design, labels, _) = Shop(400);
        var alone = LogisticDesign.Of(null, design.Codes, design.Levels);
        var model = LogisticRegression.Fit(alone, labels, new LogisticOptions());
        Assert.True(model.Converged, model.Outcome.En);
        var written = LogisticRegression.Fit(WrittenOut(alone), labels, new LogisticOptions());
        for (var column = 0; column < alone.Columns; column++)
            Assert.Equal(written.Coefficients[column], model.Coefficients[column], 1e-8);
    }

    [Fact]
    public void A_level_that_no_row_has_gets_no_coefficient()
    {
        var (design, labels, _) = Shop(300);
        var wider = LogisticDesign.Of(design.Numbers, design.Codes, [design.Levels[0], design.Levels[1] + 2]);
        var model = LogisticRegression.Fit(wider, labels, new LogisticOptions());
        Assert.Equal(0, model.Coefficients[^1]);
        Assert.Equal(0, model.Coefficients[^2]);
        Assert.True(model.Converged);
    }

    [Fact]
    public void Codes_outside_their_category_are_refused_with_their_row()
    {
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => LogisticDesign.Of(null, [0, 3], [3])).Message);
        Assert.Contains("need 4 codes, found 3", Assert.Throws<ArgumentException>(() => LogisticDesign.Of(Some.Normal(4, 1), [0, 1, 0], [2])).Message);
        Assert.Throws<ArgumentException>(() => LogisticDesign.Of(null, [], []));
    }

    [Fact]
    public void Many_columns_take_the_solver_that_makes_no_Hessian()
    {
        var random = new Xoshiro256(1);
        int[] codes = [.. Enumerable.Range(0, 3000).Select(_ => random.NextInt(1200))];
        bool[] labels = [.. codes.Select(code => code % 3 == 0)];
        var design = LogisticDesign.Of(null, codes, [1200]);
        Assert.Equal(LogisticSolver.LimitedMemory, LogisticRegression.Choose(design, LogisticSolver.Automatic));
        Assert.Equal(LogisticSolver.Newton, LogisticRegression.Choose(LogisticDesign.Of(Some.Normal(3000, 40)), LogisticSolver.Automatic));
        var model = LogisticRegression.Fit(design, labels, new LogisticOptions());
        Assert.True(model.Converged, model.Outcome.En);
        Assert.Contains("too many columns", model.IntervalNote.En);
        Assert.True(model.Coefficients[0] > 0 && model.Coefficients[1] < 0);
    }

    private static (LogisticDesign Design, bool[] Labels, double[] Weights) Shop(int rows)
    {
        var random = new Xoshiro256(rows);
        var numbers = Some.Normal(rows, 3, rows);
        int[] codes = [.. Enumerable.Range(0, 2 * rows).Select(i => random.NextInt(i % 2 == 0 ? 4 : 8) - (i % 2))];
        bool[] labels = [.. Enumerable.Range(0, rows).Select(row => random.NextDouble() < Logistic.Probability(numbers[row, 0] + (codes[2 * row] == 2 ? 1 : 0) - (codes[(2 * row) + 1] == 3 ? 2 : 0)))];
        return (LogisticDesign.Of(numbers, codes, [4, 7]), labels, [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.NextDouble())]);
    }

    private static Matrix WrittenOut(LogisticDesign design)
    {
        var values = new double[design.Rows * design.Columns];
        for (var row = 0; row < design.Rows; row++)
        {
            var own = values.AsSpan(row * design.Columns, design.Columns);
            design.Numbers?.Row(row).CopyTo(own);
            var codes = design.CodesOf(row);
            for (var category = 0; category < codes.Length; category++)
            {
                if (codes[category] >= 0)
                    own[design.NumberCount + design.Starts[category] + codes[category]] = 1;
            }
        }

        return new Matrix(design.Rows, design.Columns, values);
    }
}
