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
    public void Joint_standing_is_exact_where_table_and_draws_are_alike()
    {
        // Five figures of no meaning, one of them with tails without a variance, for 19 draws and a table: one in ten may stand among the highest two.
        var random = new Xoshiro256(6);
        var high = 0;
        const int Rounds = 1000;
        for (var round = 0; round < Rounds; round++)
        {
            var draws = new StructureFigures[19];
            for (var draw = 0; draw < draws.Length; draw++)
                draws[draw] = Random();
            high += new JointStanding(Random(), draws).Above <= 1 ? 1 : 0;
        }

        Assert.InRange(high, (Rounds / 10) - 30, (Rounds / 10) + 30);

        StructureFigures Random() => new(random.NextDouble(), 2, random.NextDouble(), 1 / random.NextDouble(), random.NextDouble(), random.NextDouble());
    }

    [Fact]
    public void One_figure_far_above_the_draws_is_enough_and_its_margin_is_told()
    {
        var draws = Enumerable.Range(1, 19).Select(draw => new StructureFigures(draw, 2, draw, 20 - draw, draw, draw)).ToArray();
        var top = new JointStanding(new StructureFigures(37, 2, 1, 1, 1, 1), draws);
        Assert.Equal((0, 1.0), (top.Above, top.DipPValue));
        // The median of the draws is 10, their greatest 19; 37 lies twice as far beyond that.
        Assert.Equal(2, top.Margin, 1e-12);
        var low = new JointStanding(new StructureFigures(1, 2, 1, 1, 1, 1), draws);
        Assert.Equal((19, 0.0), (low.Above, low.Margin));
        // A figure that draws have none of is no measure of distance.
        var without = draws.Select((draw, i) => draw with { DensityGap = i < 18 ? 0 : 1e-9 }).ToArray();
        Assert.Equal(0, new JointStanding(new StructureFigures(1, 2, 0.1, 1, 1, 1), without).Margin);
    }

    [Fact]
    public void Correlations_that_may_be_noise_are_shrunk_and_plain_ones_kept()
    {
        var (noise, deviations) = ShrunkCorrelation.Of(Some.Normal(300, 10, seed: 5));
        var greatest = Enumerable.Range(0, 100).Where(i => i / 10 != i % 10).Max(i => Math.Abs(noise[i]));
        Assert.True(greatest < 0.06, $"{greatest}");
        Assert.All(deviations, deviation => Assert.InRange(deviation, 0.85, 1.15));

        var normal = Some.Normal(300, 3, seed: 5);
        var alike = Matrix.FromRows([.. Enumerable.Range(0, 300).Select(row => new[] { normal[row, 0], (3 * normal[row, 0]) + normal[row, 1], 5 })]);
        var (kept, _) = ShrunkCorrelation.Of(alike);
        Assert.InRange(kept[1], 0.9, 0.98);
        Assert.Equal(kept[1], kept[3]);
        Assert.Equal((1, 0, 0), (kept[0], kept[2], kept[5]));
    }

    [Fact]
    public void A_handful_of_far_rows_is_no_partition()
    {
        var normal = Some.Normal(200, 2, seed: 7);
        var far = Matrix.FromRows([.. Enumerable.Range(0, 200).Select(row => new[] { normal[row, 0] + (row < 3 ? 30 : 0), normal[row, 1] })]);
        var plain = new StructureMeter(200, 2, maxClusters: 4).Of(normal, seed: 1).Silhouette;
        Assert.Equal(plain, new StructureMeter(200, 2, maxClusters: 4).Of(far, seed: 1).Silhouette, 0.1);
        Assert.Equal(0, new StructureMeter(200, 2, maxClusters: 2).Of(far, seed: 1).Silhouette);
    }

    [Fact]
    public void Distances_that_fall_off_as_a_power_and_ends_that_rows_share_pass_into_the_elliptical_shape()
    {
        var table = Shaped.Prepared("multivariate t3", 2000, 3, seed: 1);
        var drawn = new EllipticalSampler(table).Draw(new Xoshiro256(1));
        Assert.Equal(Far(table), Far(drawn), 0.012);
        var highest = Enumerable.Range(0, 2000).Select(row => table[row, 0]).Max();
        Assert.True(Enumerable.Range(0, 2000).Count(row => table[row, 0] == highest) > 1);
        // Draws are centred on the table's mean.
        var mean = Enumerable.Range(0, 2000).Average(row => table[row, 0]);
        Assert.Equal(highest - mean, Enumerable.Range(0, 2000).Max(row => drawn[row, 0]), 1e-12);

        static double Far(Matrix rows) => Enumerable.Range(0, rows.Rows).Count(row => Dot.Of(rows.Row(row), rows.Row(row)) > 27) / (double)rows.Rows;
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
