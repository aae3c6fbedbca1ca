using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Tests.Evaluation.Structure;

public sealed class StructureTestTests
{
    [Fact]
    public void Groups_that_a_person_would_see_are_shown()
    {
        foreach (var (shape, columns) in ((string, int)[])[("three", 2), ("three", 8), ("three in a row", 8), ("moons", 2), ("nine to one", 2), ("nine to one diagonal", 8)])
        {
            var result = StructureTest.Run(Shaped.Prepared(shape, 500, columns, seed: 3));
            Assert.True(result.Structured, $"{shape}, {columns} columns: p = {result.PValue}");
            Assert.Equal(Enum.GetValues<NullShape>(), result.Nulls.Select(comparison => comparison.Shape));
            Assert.Equal(result.PValue, result.Nulls.Max(comparison => comparison.PValue));
            Assert.Contains("form groups", result.Sentence.En);
            Assert.Contains("forment des groupes", result.Sentence.Fr);
        }

        Assert.Equal(3, StructureTest.Run(Shaped.Prepared("three", 300, 2, seed: 4)).Clusters);
    }

    [Fact]
    public void Clouds_without_groups_are_mostly_left_alone()
    {
        // Twelve tables at a level of 5 % at most: three or more wrong ones happen once in fifty times at most, and these seeds are not among them.
        var wrong = 0;
        foreach (var shape in Shaped.WithoutGroups)
        {
            foreach (var columns in (int[])[2, 8])
            {
                var result = StructureTest.Run(Shaped.Prepared(shape, 250, columns, seed: 5));
                wrong += result.Structured ? 1 : 0;
                Assert.InRange(result.PValue, 0.01, 1);
                if (!result.Structured)
                    Assert.Contains("No groups were shown", result.Sentence.En);
            }
        }

        Assert.InRange(wrong, 0, 2);
    }

    [Fact]
    public void Hopkins_calls_a_single_cloud_clustered_and_that_decides_nothing()
    {
        var result = StructureTest.Run(Shaped.Prepared("normal", 300, 2, seed: 2));
        Assert.True(result.Hopkins > 0.6);
        Assert.False(result.Structured);
        Assert.Equal(0.5, Hopkins.Of(Some.Uniform(1500, 2, seed: 1), sample: 400, seed: 1), 0.06);
    }

    [Fact]
    public void Threads_never_change_a_bit_and_the_seed_decides_the_draws()
    {
        foreach (var shape in (string[])["three", "uniform"])
        {
            var rows = Shaped.Prepared(shape, 120, 3, seed: 1);
            var one = StructureTest.Run(rows, new StructureTestOptions { Threads = 1, Seed = 3 });
            var four = StructureTest.Run(rows, new StructureTestOptions { Threads = 4, Seed = 3 });
            Assert.Equal(one with { Nulls = [] }, four with { Nulls = [] });
            Assert.Equal(one.Nulls, four.Nulls);
            var other = StructureTest.Run(rows, new StructureTestOptions { Threads = 2, Seed = 4 });
            Assert.NotEqual(one.Nulls[0].SilhouetteMean, other.Nulls[0].SilhouetteMean);
        }
    }

    [Fact]
    public void Of_a_large_table_a_sample_is_tested_and_that_is_said()
    {
        var (rows, _) = Some.Blobs(30_000, 3, groups: 4, apart: 14, seed: 2);
        var result = StructureTest.Run(rows, new StructureTestOptions { SampleRows = 200 });
        Assert.Equal((30_000, 200), (result.Rows, result.RowsTested));
        Assert.True(result.Structured);
        Assert.Contains("sample of 200 of 30,000 rows", result.Sentence.En);
        Assert.Contains("échantillon de 200 lignes", result.Sentence.Fr);
    }

    [Fact]
    public void A_table_that_can_prove_nothing_is_a_result_with_its_reason()
    {
        var few = StructureTest.Run(Some.Normal(12, 2));
        Assert.False(few.Structured);
        Assert.Equal((1.0, 0), (few.PValue, few.Draws));
        Assert.Contains("12 rows", few.Sentence.En);
        var equal = StructureTest.Run(Matrix.FromRows([.. Enumerable.Repeat(new[] { 1.0, 2 }, 50)]));
        Assert.False(equal.Structured);
        Assert.Contains("only 1 different row.", equal.Sentence.En);
        Assert.Contains("1 ligne différente.", equal.Sentence.Fr);
    }

    [Fact]
    public void Constant_repeated_and_dependent_columns_do_no_harm()
    {
        var normal = Some.Normal(200, 2, seed: 3);
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 200).Select(row => new[] { normal[row, 0], 5, normal[row, 0], normal[row, 0] + normal[row, 1], row % 2 })]);
        var result = StructureTest.Run(rows);
        Assert.True(double.IsFinite(result.PValue) && double.IsFinite(result.Statistic) && double.IsFinite(result.DipPValue));
        var wide = StructureTest.Run(Some.Normal(40, 90, seed: 1), new StructureTestOptions { Draws = 99 });
        Assert.InRange(wide.PValue, 0.01, 1);
    }

    [Fact]
    public void Wrong_options_and_tables_are_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => StructureTest.Run(
            Some.Normal(50, 2), new StructureTestOptions { Draws = 3, Level = 2, MaxClusters = 1, SampleRows = 4, Threads = 0 })).Message;
        Assert.All((string[])["Draws", "Level", "MaxClusters", "SampleRows", "Threads"], name => Assert.Contains(name, message));
        Assert.Contains("can hardly reach", Assert.Throws<ArgumentException>(() => StructureTest.Run(Some.Normal(50, 2), new StructureTestOptions { Level = 0.001 })).Message);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => StructureTest.Run(new Matrix(0, 2, []))).Message);
        Assert.Contains("Row 0, column 1", Assert.Throws<ArgumentException>(() => StructureTest.Run(Matrix.FromRows([[1.0, double.NaN]]))).Message);
        Assert.ThrowsAny<OperationCanceledException>(() => StructureTest.Run(Some.Normal(50, 2), cancellationToken: new CancellationToken(canceled: true)));
    }
}
