using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Matching;

namespace SegFunctions.Learning.Tests.Matching;

public sealed class LinearAssignmentTests
{
    [Fact]
    public void No_permutation_costs_less() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var random = new Xoshiro256(seed);
            var (rows, columns) = (1 + random.NextInt(7), 1 + random.NextInt(7));
            // Small whole numbers make ties.
            double[] costs = [.. Enumerable.Range(0, rows * columns).Select(_ => seed % 2 == 0 ? random.NextInt(4) - 2 : random.NextNormal())];
            var found = LinearAssignment.Minimise(costs, rows, columns);
            Assert.Equal(Math.Min(rows, columns), found.Count(column => column >= 0));
            Assert.Equal(Math.Min(rows, columns), found.Where(column => column >= 0).Distinct().Count());
            Assert.Equal(Cheapest(costs, rows, columns, 0, new bool[columns]), Total(costs, columns, found), 9);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Nobody_is_paired_where_one_side_is_empty()
    {
        Assert.Empty(LinearAssignment.Minimise([], 0, 3));
        Assert.Equal([-1, -1], LinearAssignment.Minimise([], 2, 0));
    }

    [Fact]
    public void Ties_go_to_the_lower_column() => Assert.Equal([0, 1, 2], LinearAssignment.Minimise(new double[9], 3, 3));

    [Fact]
    public void Costs_that_are_no_numbers_are_refused_with_their_place()
    {
        Assert.Contains("Row 1, column 0", Assert.Throws<ArgumentException>(() => LinearAssignment.Minimise([1, 2, double.NaN, 4], 2, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("need 6 costs, found 5", Assert.Throws<ArgumentException>(() => LinearAssignment.Minimise(new double[5], 2, 3)).Message, StringComparison.Ordinal);
    }

    private static double Total(double[] costs, int columns, int[] columnOf) => columnOf.Select((column, row) => column < 0 ? 0 : costs[(row * columns) + column]).Sum();

    /// <summary>Every way there is.</summary>
    private static double Cheapest(double[] costs, int rows, int columns, int row, bool[] used)
    {
        if (row == rows)
            return used.Count(one => one) == Math.Min(rows, columns) ? 0 : double.PositiveInfinity;
        var best = rows > columns ? Cheapest(costs, rows, columns, row + 1, used) : double.PositiveInfinity;
        for (var column = 0; column < columns; column++)
        {
            if (used[column])
                continue;
            used[column] = true;
            best = Math.Min(best, costs[(row * columns) + column] + Cheapest(costs, rows, columns, row + 1, used));
            used[column] = false;
        }

        return best;
    }
}
