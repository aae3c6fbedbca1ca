using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class KMeansTests
{
    [Fact]
    public void Planted_groups_are_found()
    {
        var (rows, groups) = Some.Blobs(2000, 6, groups: 7, apart: 14);
        var model = KMeans.Fit(rows, new KMeansOptions { Clusters = 7, Seed = 3 });
        Assert.True(model.Converged);
        Assert.True(AdjustedRandIndex.Of(groups, model.Labels) > 0.99);
    }

    [Fact]
    public void Passes_follow_the_plain_algorithm_step_for_step()
    {
        foreach (var (count, columns, clusters) in ((int, int, int)[])[(1, 1, 1), (40, 1, 3), (500, 3, 5), (1537, 16, 8), (2100, 17, 9), (3000, 5, 33), (2600, 4, 70)])
        {
            var rows = Some.Blobs(count, columns, clusters, apart: 4, seed: count).Rows;
            var start = rows.Take(Some.Permutation(count).AsSpan(0, clusters));
            foreach (var passes in (int[])[1, 2, 3, 4, 6])
            {
                var model = KMeans.Fit(rows, new KMeansOptions { Clusters = clusters, InitialCentroids = start, Tolerance = 0, MaxIterations = passes });
                var (labels, inertia) = PlainKMeans.Run(rows, start, passes);
                Assert.Equal(1, AdjustedRandIndex.Of(labels, model.Labels));
                Assert.Equal(inertia, model.Inertia, 1e-10 * inertia);
            }
        }
    }

    [Fact]
    public void Clusters_are_numbered_by_falling_size_and_ties_by_first_member()
    {
        var model = KMeans.Fit(Some.FourCorners(each: 5), new KMeansOptions { Clusters = 4, Seed = 9 });
        Assert.Equal([0, 1, 2, 3], model.Labels.Take(4));
        Assert.Equal([5, 5, 5, 5], model.Sizes);

        var uneven = KMeans.Fit(Matrix.FromRows([[0.0], [50], [50.1], [50.2], [0.1], [99]]), new KMeansOptions { Clusters = 3 });
        Assert.Equal([1, 0, 0, 0, 1, 2], uneven.Labels);
    }

    [Fact]
    public void Training_rows_are_predicted_as_they_were_labelled()
    {
        Prop.ForAll<int>(seed =>
        {
            // Whole numbers make exact ties between centres common.
            var random = new Xoshiro256(seed);
            var rows = new Matrix(60, 2, [.. Enumerable.Range(0, 120).Select(_ => (double)random.NextInt(4))]);
            var model = KMeans.Fit(rows, new KMeansOptions { Clusters = 2 + random.NextInt(6), Starts = 2, Seed = seed, Threads = 1 });
            return model.Labels.SequenceEqual(model.Predict(rows)) && model.Sizes.Sum() == 60 && model.Sizes.Zip(model.Sizes.Skip(1)).All(pair => pair.First >= pair.Second);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void More_clusters_than_distinct_rows_give_as_many_as_there_are()
    {
        var model = KMeans.Fit(Some.FourCorners(each: 3), new KMeansOptions { Clusters = 9 });
        Assert.Equal(4, model.Clusters);
        Assert.Equal(0, model.Inertia);
        Assert.Equal(1, KMeans.Fit(Matrix.FromRows([[1.0, 2]]), new KMeansOptions { Clusters = 5 }).Clusters);
    }

    [Fact]
    public void A_cluster_that_loses_its_rows_takes_the_row_farthest_from_its_centre()
    {
        var rows = Matrix.FromRows([[0.0], [1], [2], [10], [11], [30]]);
        var start = Matrix.FromRows([[1.0], [11], [1e6]]);
        var model = KMeans.Fit(rows, new KMeansOptions { Clusters = 3, InitialCentroids = start, Tolerance = 0 });
        Assert.Equal(3, model.Clusters);
        Assert.Equal([0, 0, 0, 1, 1, 2], model.Labels);
    }

    [Fact]
    public void Initial_centres_that_coincide_still_give_all_the_clusters()
    {
        var model = KMeans.Fit(Some.FourCorners(each: 4), new KMeansOptions { Clusters = 4, InitialCentroids = Matrix.FromRows([.. Enumerable.Repeat(new[] { 1.0, 1 }, 4)]) });
        Assert.Equal(4, model.Clusters);
        Assert.Equal(0, model.Inertia);
    }

    [Fact]
    public void A_far_off_origin_costs_no_digits()
    {
        var rows = Some.Blobs(800, 4, groups: 5, apart: 5, seed: 2).Rows;
        var moved = new Matrix(800, 4, [.. rows.Values.ToArray().Select(value => value + 1e7)]);
        var here = KMeans.Fit(rows, new KMeansOptions { Clusters = 5, Seed = 4 });
        var there = KMeans.Fit(moved, new KMeansOptions { Clusters = 5, Seed = 4 });
        Assert.Equal(1, AdjustedRandIndex.Of(here.Labels, there.Labels));
        Assert.Equal(here.Inertia, there.Inertia, 1e-6 * here.Inertia);
    }

    [Fact]
    public void Iterations_allocate_nothing()
    {
        var rows = Some.Normal(4000, 8);
        foreach (var clusters in (int[])[16, 80])
        {
            foreach (var precision in Enum.GetValues<KMeansPrecision>())
                Assert.Equal(Fit(3, clusters, precision), Fit(20, clusters, precision));
        }

        long Fit(int passes, int clusters, KMeansPrecision precision) => Allocation.Of(() =>
        {
            var start = rows.Take(Some.Permutation(4000).AsSpan(0, clusters));
            var model = KMeans.Fit(rows, new KMeansOptions { Clusters = clusters, Precision = precision, InitialCentroids = start, Tolerance = 0, MaxIterations = passes, Threads = 1 });
            Assert.Equal(passes, model.Iterations);
        });
    }

    [Fact]
    public void A_fit_can_be_cancelled_between_passes()
    {
        using var source = new CancellationTokenSource();
        var progress = new CancelAfter(source, passes: 3);
        Assert.ThrowsAny<OperationCanceledException>(() => KMeans.Fit(Some.Normal(3000, 4), new KMeansOptions { Clusters = 20, Tolerance = 0 }, progress, source.Token));
        Assert.Equal(3, progress.Seen.Count);
        Assert.Equal(new ClusteringProgress("start 1 of 10, pass 3", 3.0 / 300 / 10), progress.Seen[2]);
    }

    private sealed class CancelAfter(CancellationTokenSource source, int passes) : IProgress<ClusteringProgress>
    {
        public List<ClusteringProgress> Seen { get; } = [];

        public void Report(ClusteringProgress value)
        {
            Seen.Add(value);
            if (Seen.Count == passes)
                source.Cancel();
        }
    }
}
