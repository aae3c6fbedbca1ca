using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Learning.Tests.Evaluation.Structure;

/// <summary>The parts that the test of structure is put together from, each by itself.</summary>
public sealed class StructureFiguresTests
{
    [Fact]
    public void The_silhouette_of_a_draw_is_that_of_the_table()
    {
        foreach (var columns in (int[])[1, 2, 7, 17])
        {
            var (rows, _) = Some.Blobs(150, columns, groups: 3, apart: 6, seed: columns);
            var figures = new StructureMeter(150, columns, maxClusters: 5).Of(rows, seed: 4);
            var labels = KMeans.Fit(rows, new KMeansOptions { Clusters = figures.Clusters, Starts = 1, MaxIterations = 30, Seed = 4, Threads = 1 }).Labels;
            Assert.Equal(Silhouette.Exact(rows, labels)!.Value, figures.Silhouette, 1e-12);
        }
    }

    [Fact]
    public void The_best_cut_of_a_column_has_the_silhouette_of_its_two_parts()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Xoshiro256(seed);
            double[] values = [.. Enumerable.Range(0, 60).Select(_ => Math.Round(random.NextNormal() + (random.NextInt(3) * 2), 1) + 1e6)];
            Array.Sort(values);
            var rows = new Matrix(60, 1, values);
            var cuts = Enumerable.Range(1, 59).Where(cut => values[cut] > values[cut - 1]);
            var best = cuts.MinBy(cut => Deviations(values[..cut]) + Deviations(values[cut..]));
            var expected = Silhouette.Exact(rows, [.. Enumerable.Range(0, 60).Select(row => row < best ? 0 : 1)])!.Value;
            Assert.Equal(expected, ColumnSplit.Silhouette(values, new double[61]), 1e-8);
        }

        Assert.Equal(-1, ColumnSplit.Silhouette([2, 2, 2], new double[4]));

        static double Deviations(double[] part) => part.Sum(value => Math.Pow(value - part.Average(), 2));
    }

    [Fact]
    public void A_gap_in_density_is_found_whatever_the_form_of_its_sides()
    {
        var moons = Gap(Shaped.Raw("moons", 300, 2, seed: 1));
        var cloud = Gap(Some.Normal(300, 2));
        Assert.True(moons > 0.1, $"moons {moons}");
        Assert.True(cloud < 0.05, $"cloud {cloud}");
        // Two heaps of 150 equal rows each: nothing is denser, so each side counts in full.
        Assert.Equal(0.5, Gap(Matrix.FromRows([.. Enumerable.Range(0, 300).Select(row => new double[] { row % 2 })])));
        Assert.Equal(0, Gap(Matrix.FromRows([.. Enumerable.Repeat(new[] { 1.0 }, 300)])));
    }

    [Fact]
    public void Draws_have_the_location_free_shape_of_the_table()
    {
        const int Rows = 4000;
        var table = Shaped.Prepared("correlated", Rows, 3, seed: 2);
        var expected = Correlations(table);
        NullSampler[] samplers = [new GaussianSampler(table), new CopulaSampler(table), new EllipticalSampler(table)];
        foreach (var sampler in samplers)
        {
            var found = Correlations(sampler.Draw(new Xoshiro256(1)));
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], found[i], 0.08);
        }

        // A column of kinds keeps its kinds and their shares.
        var kinds = Matrix.FromRows([.. Enumerable.Range(0, 1000).Select(row => new double[] { row % 10 < 3 ? 1 : 0, row })]);
        var drawn = new CopulaSampler(kinds).Draw(new Xoshiro256(2));
        var ones = Enumerable.Range(0, 1000).Count(row => drawn[row, 0] == 1);
        Assert.All(Enumerable.Range(0, 1000), row => Assert.True(drawn[row, 0] is 0 or 1));
        Assert.InRange(ones, 240, 360);
    }

    [Fact]
    public void Two_groups_along_a_column_do_not_pass_into_the_null_shape()
    {
        var random = new Xoshiro256(8);
        var table = Matrix.FromRows([.. Enumerable.Range(0, 500).Select(row => new[] { random.NextNormal() + (row % 2 * 8), random.NextNormal() })]);
        var drawn = new CopulaSampler(table).Draw(new Xoshiro256(1));
        var values = Enumerable.Range(0, 500).Select(row => drawn[row, 0]).ToArray();
        Assert.True(DipTest.Of(values).Dip < 0.03);
        Assert.True(DipTest.Of([.. Enumerable.Range(0, 500).Select(row => table[row, 0])]).Dip > 0.1);
    }

    [Fact]
    public void Joint_ranks_are_exact_where_table_and_draws_are_alike()
    {
        // Five figures of no meaning for 19 draws and a table: at most one in ten may stand at 0.1 or better.
        var random = new Xoshiro256(6);
        var low = 0;
        const int Rounds = 1000;
        for (var round = 0; round < Rounds; round++)
        {
            var draws = new StructureFigures[19];
            for (var draw = 0; draw < draws.Length; draw++)
                draws[draw] = Random();
            low += new JointRanks(Random(), draws).PValue <= 0.1 ? 1 : 0;
        }

        Assert.InRange(low, 0, Rounds / 10 + 30);
        var best = new JointRanks(new StructureFigures(2, 2, 2, 2, 2, 2), [Random(), Random(), Random()]);
        Assert.Equal((0.25, 0.25), (best.PValue, best.DipPValue));

        StructureFigures Random() => new(random.NextDouble(), 2, random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
    }

    private static double Gap(Matrix rows)
    {
        var distances = new double[rows.Rows * rows.Rows];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = Math.Sqrt(Distance.Squared(rows.Row(i / rows.Rows), rows.Row(i % rows.Rows)));
        return new DensityGap(rows.Rows).Of(distances);
    }

    private static double[] Correlations(Matrix rows)
    {
        var result = new List<double>();
        for (var a = 0; a < rows.Columns; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var x = Enumerable.Range(0, rows.Rows).Select(row => rows[row, a]).ToArray();
                var y = Enumerable.Range(0, rows.Rows).Select(row => rows[row, b]).ToArray();
                var (mx, my) = (x.Average(), y.Average());
                result.Add(x.Zip(y, (p, q) => (p - mx) * (q - my)).Sum() / Math.Sqrt(x.Sum(p => (p - mx) * (p - mx)) * y.Sum(q => (q - my) * (q - my))));
            }
        }

        return [.. result];
    }
}
