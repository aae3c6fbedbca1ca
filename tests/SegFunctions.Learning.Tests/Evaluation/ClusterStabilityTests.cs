using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class ClusterStabilityTests
{
    private static readonly StabilityOptions Few = new() { Replicates = 12, Seed = 5 };

    [Fact]
    public void Groups_far_apart_come_back_and_halves_of_one_cloud_do_not()
    {
        // A round cloud cut in three, and two groups far from it and from each other.
        var cloud = Some.Normal(300, 2, seed: 9);
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 500).Select(row => row < 300
            ? cloud.Row(row).ToArray()
            : [cloud[row - 300, 0] + 40, cloud[row - 300, 1] + (row % 2 * 40)])]);
        var clustering = new KMeansOptions { Clusters = 5, Seed = 1, Threads = 1 };
        var model = clustering.Fit(rows);
        var result = ClusterStability.Bootstrap(rows, model.Labels, clustering, Few);
        Assert.Equal(model.Clusters, result.Clusters.Count);
        foreach (var cluster in result.Clusters)
        {
            var far = Enumerable.Range(0, 500).Where(row => model.Labels[row] == cluster.Cluster).All(row => row >= 300);
            Assert.Equal(far, cluster.Band == StabilityBand.HighlyStable);
            Assert.Equal(12, cluster.Replicates);
            if (far)
                Assert.Equal((1.0, 0.0, 1.0), (cluster.Jaccard, cluster.Dissolved, cluster.Recovered));
        }

        Assert.Equal(result.Clusters.Sum(cluster => cluster.Jaccard * model.Sizes[cluster.Cluster]) / 500, result.Mean, 1e-12);
        Assert.Equal((500, 500), (result.Rows, result.RowsDrawn));
    }

    [Fact]
    public void Threads_never_change_a_bit()
    {
        var (rows, _) = Some.Blobs(200, 3, groups: 3, apart: 3);
        var clustering = new KMeansOptions { Clusters = 3, Starts = 2, Threads = 1 };
        var labels = clustering.Fit(rows).Labels;
        foreach (var resampling in Enum.GetValues<Resampling>())
        {
            var one = ClusterStability.Bootstrap(rows, labels, clustering, Few with { Threads = 1, Resampling = resampling });
            var four = ClusterStability.Bootstrap(rows, labels, clustering, Few with { Threads = 4, Resampling = resampling });
            Assert.Equal(one.Clusters, four.Clusters);
        }

        IClustering BySeed(long seed) => new KMeansOptions { Clusters = 7, Starts = 1, Seed = seed, Threads = 1 };
        Assert.Equal(ClusterStability.AcrossSeeds(rows, BySeed, Few with { Threads = 1 }), ClusterStability.AcrossSeeds(rows, BySeed, Few with { Threads = 3 }));
    }

    [Fact]
    public void Jaccard_counts_a_row_drawn_twice_once_and_leaves_noise_out()
    {
        // Rows 0-3 in cluster 0, row 4 noise, row 5 in cluster 1; row 2 was not drawn and row 0 twice.
        var greatest = ClusterOverlap.Greatest([0, 0, 1, 3, 4, 5], [0, 0, 0, 0, -1, 1, 2], 3, [1, 1, 1, 0, 0, -1], 2);
        Assert.Equal(2.0 / 3, greatest[0], 1e-15);
        Assert.Equal(0, greatest[1]);
        Assert.Equal(double.NaN, greatest[2]);
    }

    [Fact]
    public void Seeds_that_matter_are_told_from_seeds_that_do_not()
    {
        var (rows, _) = Some.Blobs(300, 2, groups: 3, apart: 30, seed: 2);
        var firm = ClusterStability.AcrossSeeds(rows, seed => new KMeansOptions { Clusters = 3, Seed = seed, Threads = 1 }, Few);
        Assert.Equal((1.0, 1.0, 5), (firm.MeanAgreement, firm.LeastAgreement, firm.Seeds));
        var loose = ClusterStability.AcrossSeeds(Some.Normal(300, 6), seed => new KMeansOptions { Clusters = 12, Starts = 1, Seed = seed, Threads = 1 }, Few);
        Assert.InRange(loose.MeanAgreement, 0, 0.8);
        Assert.True(loose.LeastAgreement <= loose.MeanAgreement);
    }

    [Fact]
    public void Large_tables_are_sampled_and_that_is_said()
    {
        var (rows, groups) = Some.Blobs(5_000, 2, groups: 3, apart: 30, seed: 2);
        var clustering = new KMeansOptions { Clusters = 3, Threads = 1 };
        var options = Few with { SampleRows = 200 };
        Assert.Equal((5_000, 200), Drawn(ClusterStability.Bootstrap(rows, groups, clustering, options)));
        Assert.Equal((5_000, 200), Drawn(ClusterStability.Bootstrap(rows, groups, clustering, options with { Resampling = Resampling.Halves })));
        Assert.Equal(200, ClusterStability.AcrossSeeds(rows, seed => clustering with { Seed = seed }, options).RowsFitted);

        static (int, int) Drawn(ClusterStabilityResult result)
        {
            Assert.All(result.Clusters, cluster => Assert.Equal(StabilityBand.HighlyStable, cluster.Band));
            return (result.Rows, result.RowsDrawn);
        }
    }

    [Fact]
    public void Nothing_but_noise_has_no_stability()
    {
        var result = ClusterStability.Bootstrap(Some.Normal(30, 2), [.. Enumerable.Repeat(-1, 30)], new KMeansOptions { Clusters = 2 }, Few);
        Assert.Empty(result.Clusters);
        Assert.Equal(double.NaN, result.Mean);
    }

    [Theory]
    [InlineData(0.49, StabilityBand.Dissolved)]
    [InlineData(0.5, StabilityBand.Doubtful)]
    [InlineData(0.6, StabilityBand.Pattern)]
    [InlineData(0.75, StabilityBand.Stable)]
    [InlineData(0.85, StabilityBand.HighlyStable)]
    [InlineData(double.NaN, StabilityBand.Dissolved)]
    public void Bands_are_Hennigs(double jaccard, StabilityBand band) => Assert.Equal(band, new StabilityOfCluster(0, jaccard, 0, 0, 0, 1).Band);

    [Fact]
    public void Wrong_options_are_named_at_once_and_a_cancelled_run_stops()
    {
        var wrong = new StabilityOptions { Replicates = 1, Seeds = 1, SampleRows = 2, Threads = 0, Resampling = (Resampling)9 };
        var message = Assert.Throws<ArgumentException>(() => ClusterStability.Bootstrap(Some.Normal(9, 2), new int[9], new KMeansOptions(), wrong)).Message;
        Assert.All((string[])["Replicates", "Seeds", "SampleRows", "Threads", "Resampling"], name => Assert.Contains(name, message));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ClusterStability.Bootstrap(Some.Normal(9, 2), new int[9], new KMeansOptions { Clusters = 2 }, Few, new CancellationToken(canceled: true)));
    }
}
