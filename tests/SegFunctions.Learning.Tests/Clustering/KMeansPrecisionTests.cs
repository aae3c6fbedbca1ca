using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class KMeansPrecisionTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(5, 2)]
    [InlineData(16, 8)]
    [InlineData(17, 33)]
    public void Singles_end_within_a_hundred_thousandth_of_the_inertia_of_doubles(int columns, int clusters)
    {
        var rows = Some.Blobs(4000, columns, clusters, apart: 5, seed: columns).Rows;
        var options = new KMeansOptions { Clusters = clusters, InitialCentroids = rows.Take(Some.Permutation(4000).AsSpan(0, clusters)), MaxIterations = 30 };
        var exact = KMeans.Fit(rows, options);
        var single = KMeans.Fit(rows, options with { Precision = KMeansPrecision.Single });
        Assert.Equal(exact.Inertia, single.Inertia, 1e-5 * exact.Inertia);
        Assert.True(AdjustedRandIndex.Of(exact.Labels, single.Labels) > 0.999);
        Assert.Equal(single.Labels, single.Predict(rows));
    }

    [Fact]
    public void A_far_off_origin_costs_singles_no_digits()
    {
        var rows = Some.Blobs(800, 4, groups: 5, apart: 5, seed: 2).Rows;
        var moved = new Matrix(800, 4, [.. rows.Values.ToArray().Select(value => value + 1e7)]);
        var options = new KMeansOptions { Clusters = 5, Seed = 4, Precision = KMeansPrecision.Single };
        var here = KMeans.Fit(rows, options);
        Assert.Equal(here.Inertia, KMeans.Fit(moved, options).Inertia, 1e-5 * here.Inertia);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(20, 9)]
    [InlineData(70, 2)]
    public void Rows_that_the_bounds_spare_in_singles_would_not_have_moved(int clusters, int columns)
    {
        var rows = Some.Blobs(2500, columns, clusters, apart: 5, seed: clusters).Rows;
        using var team = new ChunkTeam(1, CancellationToken.None);
        var mean = ColumnMoments.Of(rows, team).Means;
        var start = rows.Take(Some.Permutation(2500).AsSpan(0, clusters)).Values;
        foreach (var passes in (int[])[2, 5, 17, 40])
        {
            var always = new Lloyd(rows, mean, clusters, team, precision: KMeansPrecision.Single) { BoundsBelowOneIn = int.MaxValue };
            var never = new Lloyd(rows, mean, clusters, team, precision: KMeansPrecision.Single) { BoundsBelowOneIn = 1 };
            Assert.Equal(always.Run(start, clusters, passes, 0, report: null), never.Run(start, clusters, passes, 0, report: null));
            Assert.Equal(always.Labels, never.Labels);
            Assert.Equal(always.Centroids, never.Centroids);
        }
    }
}
