using System.Text.Json;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Explanation.Charts;
using SegFunctions.Learning.Matching;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Against scipy 1.10.1 and scikit-learn 1.2.1; figures made by make_explanation.py beside this file.</summary>
public sealed class ExplanationGoldenTests
{
    private static readonly JsonElement Figures = Read();

    [Fact]
    public void Assignments_are_those_of_scipy()
    {
        foreach (var golden in Figures.GetProperty("assignments").EnumerateArray())
        {
            var costs = golden.GetProperty("costs").Doubles();
            var columns = golden.GetProperty("columns").GetInt32();
            var found = LinearAssignment.Minimise(costs, golden.GetProperty("rows").GetInt32(), columns);
            Assert.Equal(golden.GetProperty("columnOf").Integers(), found);
            GoldenFigures.Close(golden.Number("total"), found.Select((column, row) => column < 0 ? 0 : costs[(row * columns) + column]).Sum(), 1e-12);
        }
    }

    [Fact]
    public void Quantiles_of_Student_s_t_are_those_of_scipy()
    {
        foreach (var golden in Figures.GetProperty("student").EnumerateArray())
        {
            var (expected, freedom) = (golden.Number("t"), golden.Number("freedom"));
            var found = StudentDistribution.TwoTailed(golden.Number("tails"), freedom);
            // Between one and two degrees it errs on the wide side.
            Assert.InRange(found / expected, 1 - 1e-5, freedom is > 1 and < 2 ? 1.15 : 1 + 1e-5);
        }
    }

    [Fact]
    public void Intervals_of_shares_are_Wilson_s()
    {
        foreach (var golden in Figures.GetProperty("wilson").EnumerateArray())
        {
            var (low, high) = ClusterTraits.Wilson(golden.GetProperty("count").GetInt32(), golden.GetProperty("size").GetInt32(), 1.959963984540054);
            GoldenFigures.Close(golden.Number("low"), low, 1e-12);
            GoldenFigures.Close(golden.Number("high"), high, 1e-12);
        }
    }

    [Fact]
    public void Intervals_of_differences_are_Welch_s()
    {
        var golden = Figures.GetProperty("welch");
        var table = new Table([new NumericColumn("x", golden.GetProperty("values").Doubles())]);
        var explanation = ClusterExplanation.Explain(table, golden.GetProperty("labels").Integers());
        var checkedTraits = 0;
        foreach (var (expected, cluster) in golden.GetProperty("clusters").EnumerateArray().Zip(explanation.Clusters))
        {
            GoldenFigures.Close(expected.Number("difference"), cluster.Differences[0]!.Value, 1e-12);
            foreach (var trait in cluster.Features)
            {
                Assert.False(trait.LogScale);
                GoldenFigures.Close(expected.Number("low"), trait.Low, 1e-5);
                GoldenFigures.Close(expected.Number("high"), trait.High, 1e-5);
                checkedTraits++;
            }
        }

        Assert.True(checkedTraits > 0);
    }

    [Fact]
    public void First_splits_are_those_of_scikit_learn()
    {
        foreach (var golden in Figures.GetProperty("trees").EnumerateArray())
        {
            var rows = golden.GetProperty("rows").Matrix();
            var labels = golden.GetProperty("labels").Integers();
            var cluster = golden.GetProperty("cluster").GetInt32();
            var members = ClusterMembers.Of(labels, labels.Length);
            var table = Table.Of(rows, [.. Enumerable.Range(0, rows.Columns).Select(column => $"c{column}")]);
            var bins = table.Columns.Select(column => NumericSummary.Of((NumericColumn)column, members, 1).Bins).ToArray();
            var size = members.Size(cluster);
            var weight = golden.GetProperty("balanced").GetBoolean() ? (double)(labels.Length - size) / size : 1;

            var path = RuleTree.BestPath(bins, members.Slots, cluster, size, weight, depth: 1, CancellationToken.None);

            // Theirs lies in the middle between two values, ours is the upper one.
            var split = Assert.Single(path);
            Assert.Equal(golden.GetProperty("column").GetInt32(), split.Column);
            var values = ((NumericColumn)table.Columns[split.Column]).Values;
            Assert.Equal(values.Where(value => value > golden.Number("threshold")).Min(), bins[split.Column].Borders[split.Border]);
        }
    }

    [Fact]
    public void The_plane_of_the_projection_is_that_of_scikit_learn()
    {
        var golden = Figures.GetProperty("plane");
        var plane = PrincipalPlane.Of(golden.GetProperty("rows").Matrix());
        GoldenFigures.Close(golden.GetProperty("shares").Doubles(), [plane.Shares.First, plane.Shares.Second], 1e-12);
        var expected = golden.GetProperty("points").Matrix();
        for (var row = 0; row < expected.Rows; row++)
            GoldenFigures.Close(expected.Row(row).ToArray(), [Math.Abs(plane.Points[row].X), Math.Abs(plane.Points[row].Y)], 1e-10);
    }

    private static JsonElement Read()
    {
        using var stream = typeof(ExplanationGoldenTests).Assembly.GetManifestResourceStream("explanation.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
