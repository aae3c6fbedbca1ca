using SegFunctions.Learning.Evaluation.Leakage;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Evaluation.Leakage;

public sealed class LeakageGuardTests
{
    private const int Rows = 800;

    [Fact]
    public void Columns_written_after_the_outcome_are_named_and_honest_ones_are_not()
    {
        var labels = Labels(Rows);
        var random = new Xoshiro256(2);
        var leaks = LeakageGuard.Find(
            new Table(
            [
                new NumericColumn("strong but honest", [.. labels.Select(label => random.NextNormal() + (label ? 2 : 0))]),
                new NumericColumn("closing balance", [.. labels.Select(label => label ? -random.NextDouble() : 1 + random.NextDouble())]),
                new NumericColumn("two-sided", [.. labels.Select((label, row) => label ? random.NextDouble() - 0.5 : row % 2 == 0 ? -2 : 2 + random.NextDouble())]),
                new NumericColumn("refund", [.. labels.Select(label => label ? random.NextNormal() : double.NaN)]),
                TextColumn.FromCells("cancel reason", [.. labels.Select((label, row) => label ? $"reason {row % 7}" : null)]),
                TextColumn.FromCells("status", [.. labels.Select((label, row) => row % 300 == 0 ? "paused" : label ? "closed" : "open")]),
                TextColumn.FromCells("id", [.. labels.Select((_, row) => $"customer {row}")]),
                TextColumn.FromCells("town", [.. labels.Select((_, row) => $"town {random.NextInt(200)}")]),
                new NumericColumn("row", [.. Enumerable.Range(0, Rows).Select(row => (double)row)]),
                new NumericColumn("missing by chance", [.. labels.Select(_ => random.NextInt(2) == 0 ? double.NaN : 1)]),
            ]),
            labels);
        Assert.Equal(
            [("closing balance", LeakKind.Value), ("two-sided", LeakKind.Value), ("refund", LeakKind.Missingness), ("cancel reason", LeakKind.Missingness), ("status", LeakKind.Value)],
            leaks.Select(leak => (leak.Column, leak.Kind)));
        Assert.Contains("filled almost only where the event happened", leaks[2].Reason.En);
        Assert.All(leaks, leak => Assert.Contains(leak.Column, leak.Reason.Fr));
        Assert.All(leaks, leak => Assert.InRange(leak.Auc!.Value, 0.985, 1));
    }

    [Fact]
    public void Among_few_rows_only_a_column_without_an_error_is_a_leak_and_among_fewer_nothing_is()
    {
        Assert.Equal(["perfect"], Found(20));
        Assert.Empty(Found(9));

        static IEnumerable<string> Found(int ofEachClass)
        {
            bool[] labels = [.. Enumerable.Range(0, 2 * ofEachClass).Select(row => row < ofEachClass)];
            double[] perfect = [.. labels.Select(label => label ? 1.0 : 0)];
            double[] nearly = [.. perfect];
            nearly[0] = 0;
            return LeakageGuard.Find(new Table([new NumericColumn("perfect", perfect), new NumericColumn("nearly", nearly)]), labels).Select(leak => leak.Column);
        }
    }

    [Fact]
    public void An_id_of_as_many_levels_as_rows_is_no_leak()
    {
        var many = Labels(Rows);
        Assert.Empty(LeakageGuard.Find(new Table([TextColumn.FromCells("id", [.. many.Select((label, row) => $"{(label ? "a" : "b")}{row}")])]), many));
    }

    [Fact]
    public void Days_after_the_as_of_date_are_named_unless_trusted()
    {
        var labels = Labels(Rows);
        var random = new Xoshiro256(4);
        var asOf = new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc);
        var today = (asOf - DateTime.UnixEpoch).TotalDays;
        var table = new Table(
        [
            new DateColumn("joined", [.. labels.Select(_ => Math.Floor(today - (1000 * random.NextDouble())))]),
            new DateColumn("left", [.. labels.Select((_, row) => row % 4 == 0 ? today + 3 : double.NaN)]),
        ]);
        var leak = Assert.Single(LeakageGuard.Find(table, labels, new LeakageOptions { AsOf = asOf }));
        Assert.Equal(("left", LeakKind.AfterAsOf, null), (leak.Column, leak.Kind, leak.Auc));
        Assert.Contains("200 rows hold days after 1 Jun 2024", leak.Reason.En);
        Assert.Empty(LeakageGuard.Find(table, labels));
        Assert.Empty(LeakageGuard.Find(table, labels, new LeakageOptions { AsOf = asOf, Trusted = ["left"] }));
    }

    [Fact]
    public void Threads_change_nothing_and_wrong_input_is_refused()
    {
        var labels = Labels(Rows);
        var table = new Table([new NumericColumn("a", [.. labels.Select(label => label ? 1.0 : 0)]), new NumericColumn("b", [.. labels.Select((label, row) => label ? row : -row)])]);
        Assert.Equal(LeakageGuard.Find(table, labels, new LeakageOptions { Threads = 1 }), LeakageGuard.Find(table, labels, new LeakageOptions { Threads = 3 }));
        Assert.Contains("1 labels for 800 rows", Assert.Throws<ArgumentException>(() => LeakageGuard.Find(table, [true])).Message);
        var message = Assert.Throws<ArgumentException>(() => LeakageGuard.Find(table, labels, new LeakageOptions { MinimumAuc = 0.5, RowsOfEachClass = 1, Folds = 1, Threads = 0 })).Message;
        foreach (var name in (string[])["MinimumAuc", "RowsOfEachClass", "Folds", "Threads"])
            Assert.Contains(name, message);
    }

    private static bool[] Labels(int rows)
    {
        var random = new Xoshiro256(1);
        return [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(4) == 0)];
    }
}
