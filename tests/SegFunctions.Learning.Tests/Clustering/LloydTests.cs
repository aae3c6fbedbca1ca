using SegFunctions.Learning.Clustering;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class LloydTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(6, 3)]
    [InlineData(20, 9)]
    [InlineData(70, 2)]
    [InlineData(100, 5)]
    public void Rows_that_the_bounds_spare_would_not_have_moved(int clusters, int columns)
    {
        // Values in tenths make exact ties; 70 clusters also try the true distance first; some centres begin where no row is.
        var rows = new Matrix(2500, columns, [.. Some.Blobs(2500, columns, clusters, apart: 5, seed: clusters).Rows.Values.ToArray().Select(value => Math.Round(value, 1))]);
        var start = rows.Take(Some.Permutation(2500).AsSpan(0, clusters)).Values.ToArray();
        start[^1] = 1e5;
        foreach (var passes in (int[])[2, 5, 17, 60])
        {
            var (labels, centroids, iterations) = Run(rows, start, clusters, passes, boundsBelowOneIn: int.MaxValue);
            foreach (var bounds in (int[])[1, 50])
            {
                var (found, ended, taken) = Run(rows, start, clusters, passes, bounds);
                Assert.Equal(labels, found);
                Assert.Equal(centroids, ended);
                Assert.Equal(iterations, taken);
            }
        }
    }

    [Fact]
    public void Tiny_and_huge_values_cost_the_bounds_no_row()
    {
        foreach (var scale in (double[])[1e-60, 1e-40, 1e37, 1e45, 1e100])
        {
            var rows = new Matrix(2000, 3, [.. Some.Blobs(2000, 3, groups: 40, apart: 6).Rows.Values.ToArray().Select(value => value * scale)]);
            var start = rows.Take(Some.Permutation(2000).AsSpan(0, 40)).Values.ToArray();
            Assert.Equal(Run(rows, start, 40, 12, int.MaxValue).Labels, Run(rows, start, 40, 12, 1).Labels);
        }
    }

    [Fact]
    public void One_instance_gives_every_start_what_a_new_one_would()
    {
        var rows = Some.Blobs(1500, 4, groups: 6, apart: 5).Rows;
        using var team = new ChunkTeam(1, CancellationToken.None);
        var shared = new Lloyd(rows, new double[4], 6, team);
        for (var seed = 1; seed <= 4; seed++)
        {
            // Fewer clusters than there is room for happen when rows repeat.
            var clusters = 3 + (seed % 3);
            var start = rows.Take(Some.Permutation(1500, seed).AsSpan(0, clusters)).Values;
            var fresh = new Lloyd(rows, new double[4], 6, team);
            Assert.Equal(fresh.Run(start, clusters, 30, 0, report: null), shared.Run(start, clusters, 30, 0, report: null));
            Assert.Equal(fresh.Centroids, shared.Centroids);
            Assert.Equal(fresh.Labels, shared.Labels);
        }
    }

    private static (int[] Labels, double[] Centroids, int Iterations) Run(Matrix rows, double[] start, int clusters, int passes, int boundsBelowOneIn)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        var lloyd = new Lloyd(rows, ColumnMoments.Of(rows, team).Means, clusters, team) { BoundsBelowOneIn = boundsBelowOneIn };
        var (iterations, _) = lloyd.Run(start, clusters, passes, tolerance: 0, report: null);
        return (lloyd.Labels.ToArray(), lloyd.Centroids.ToArray(), iterations);
    }
}
