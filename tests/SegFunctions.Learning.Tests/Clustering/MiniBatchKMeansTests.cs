using SegFunctions.Learning.Clustering;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class MiniBatchKMeansContractTests : ClusteringContract
{
    protected override (IClustering Options, string[] Named) Wrong =>
    (
        new MiniBatchKMeansOptions { Clusters = 0, BatchSize = 0, Starts = 0, MaxPasses = 0, MaxNoImprovement = 0, ReassignBelow = double.NaN, Threads = 0 },
        ["Clusters", "BatchSize", "Starts", "MaxPasses", "MaxNoImprovement", "ReassignBelow is NaN", "Threads"]
    );

    /// <summary>A sample smaller than most tables of the suite, so that steps are taken.</summary>
    protected override IClustering Clustering(int groups, long seed, int? threads) =>
        new MiniBatchKMeansOptions { Clusters = groups, BatchSize = 64, Seed = seed, Threads = threads };

    protected override void PermutedRowsAgree(Matrix rows, IClusterModel model, Matrix permutedRows, IClusterModel permuted, int[] order) =>
        InertiaAgrees(rows, model, permutedRows, permuted);
}

public sealed class MiniBatchKMeansTests
{
    [Fact]
    public void Batches_come_near_to_what_full_passes_find()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var rows = Some.Blobs(20_000, 6, groups: 12, apart: 6, seed).Rows;
            var full = KMeans.Fit(rows, new KMeansOptions { Clusters = 12, Seed = seed, Starts = 5 });
            var batches = MiniBatchKMeans.Fit(rows, new MiniBatchKMeansOptions { Clusters = 12, Seed = seed, BatchSize = 256 });
            Assert.InRange(batches.Inertia, 0.999 * full.Inertia, 1.02 * full.Inertia);
            Assert.True(batches.Iterations > 1);
        }
    }

    [Fact]
    public void A_small_table_is_clustered_whole_as_well_as_full_passes_do()
    {
        var rows = Some.Blobs(9000, 3, groups: 4, apart: 7).Rows;
        var full = KMeans.Fit(rows, new KMeansOptions { Clusters = 4, Seed = 5 });
        var batches = MiniBatchKMeans.Fit(rows, new MiniBatchKMeansOptions { Clusters = 4, Seed = 5 });
        Assert.Equal(full.Labels, batches.Labels);
        Assert.Equal("minibatch", batches.Algorithm);
    }

    [Fact]
    public void The_reported_inertia_is_that_of_the_labels_and_centres()
    {
        var rows = Some.Blobs(6000, 4, groups: 5, apart: 5).Rows;
        var model = MiniBatchKMeans.Fit(rows, new MiniBatchKMeansOptions { Clusters = 5, BatchSize = 100 });
        var (labels, inertia) = PlainKMeans.Assign(rows, model.Centroids.Values);
        Assert.Equal(labels, model.Labels);
        Assert.Equal(inertia, model.Inertia, 1e-10 * inertia);
    }

    [Fact]
    public void A_centre_becomes_the_mean_of_all_the_rows_it_has_met()
    {
        // One cluster: whatever the batches, the centre is the mean of the first sample and of every row drawn since.
        var rows = Some.Normal(500, 2);
        using var team = new ChunkTeam(1, CancellationToken.None);
        var first = KMeans.Fit(rows.Take([1, 2, 3]), new KMeansOptions { Clusters = 1 });
        var steps = new MiniBatchSteps(rows, first, new MiniBatchKMeansOptions { Clusters = 1, BatchSize = 40 }, team);
        var random = new Xoshiro256(9);
        var twin = new Xoshiro256(9);
        var met = new List<int> { 1, 2, 3 };
        for (var step = 0; step < 5; step++)
        {
            steps.Step(random);
            for (var i = 0; i < 40; i++)
                met.Add(twin.NextInt(500));
        }

        Assert.Equal(met.Average(row => rows[row, 0]), steps.Centroids[0], 12);
        Assert.Equal(met.Average(row => rows[row, 1]), steps.Centroids[1], 12);
    }

    [Fact]
    public void An_idle_centre_begins_again_where_rows_are()
    {
        var rows = Some.Blobs(3000, 2, groups: 3, apart: 30, seed: 4).Rows;
        using var team = new ChunkTeam(1, CancellationToken.None);
        var sample = KMeans.Fit(rows, new KMeansOptions { Clusters = 3 });
        // The third centre stands where no row will ever come.
        var centroids = sample.Centroids.Values.ToArray();
        (centroids[4], centroids[5]) = (1e6, 1e6);
        var first = new KMeansModel(new Matrix(3, 2, centroids), 0, 1, true, [], [1000, 1000, 1]);
        var steps = new MiniBatchSteps(rows, first, new MiniBatchKMeansOptions { Clusters = 3, BatchSize = 100 }, team);
        var random = new Xoshiro256(1);
        for (var step = 0; step < 300; step++)
            steps.Step(random);
        Assert.True(Math.Abs(steps.Centroids[4]) < 1000);
        Assert.Equal(3, PlainKMeans.Assign(rows, steps.Centroids).Labels.Distinct().Count());

        var never = new MiniBatchSteps(rows, first, new MiniBatchKMeansOptions { Clusters = 3, BatchSize = 100, ReassignBelow = 0 }, team);
        for (var step = 0; step < 50; step++)
            never.Step(random);
        Assert.Equal(1e6, never.Centroids[4]);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var rows = Some.Normal(5000, 8);
        using var team = new ChunkTeam(1, CancellationToken.None);
        var first = KMeans.Fit(rows.Take(Enumerable.Range(0, 200).ToArray()), new KMeansOptions { Clusters = 9 });
        var steps = new MiniBatchSteps(rows, first, new MiniBatchKMeansOptions { Clusters = 9 }, team);
        var random = new Xoshiro256(1);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var step = 0; step < 10; step++)
                steps.Step(random);
        }));
    }

    [Fact]
    public void Thread_count_never_changes_a_byte_of_large_batches()
    {
        var rows = Some.Blobs(20_000, 3, groups: 4, apart: 5).Rows;
        byte[] Fit(int threads) => Some.Bytes(MiniBatchKMeans.Fit(rows, new MiniBatchKMeansOptions { Clusters = 4, BatchSize = 4500, Threads = threads }).Save);
        Assert.Equal(Fit(1), Fit(2));
        Assert.Equal(Fit(1), Fit(5));
    }
}
