using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class ClusterCountTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Planted_groups_are_counted(int groups)
    {
        var (rows, truth) = Some.Blobs(900, 6, groups, apart: 16, seed: 4);
        var result = ClusterCount.Choose(rows, new ClusterCountOptions());
        Assert.Equal(groups, result.Model!.Clusters);
        Assert.True(AdjustedRandIndex.Of(truth, result.Model.Labels) > 0.99);
        Assert.Equal(Enumerable.Range(2, 9), result.Candidates.Select(candidate => candidate.Clusters));
        var winner = Assert.Single(result.Candidates, candidate => candidate.Chosen);
        Assert.Equal(result.Silhouette, winner.Silhouette);
        Assert.All(result.Candidates, candidate => Assert.NotEmpty(candidate.Reason));
    }

    [Fact]
    public void Two_clusters_give_way_to_more_that_come_close()
    {
        var rows = Some.Blobs(600, 2, groups: 2, apart: 30, seed: 3).Rows;
        var plain = ClusterCount.Choose(rows, new ClusterCountOptions { PreferMoreWithin = 0 });
        Assert.Equal(2, plain.Model!.Clusters);
        var margin = plain.Candidates[0].Silhouette!.Value - plain.Candidates.Skip(1).Max(candidate => candidate.Silhouette!.Value);
        var more = ClusterCount.Choose(rows, new ClusterCountOptions { PreferMoreWithin = margin + 1e-9, SmallestShare = 0 });
        Assert.True(more.Model!.Clusters >= 3);
        Assert.Contains("preferred to 2", more.Reason);
        Assert.Contains("highest", more.Candidates[0].Reason);
        Assert.Equal(2, ClusterCount.Choose(rows, new ClusterCountOptions { PreferMoreWithin = margin - 1e-6, SmallestShare = 0 }).Model!.Clusters);
    }

    [Fact]
    public void A_number_with_too_small_a_cluster_cannot_win()
    {
        // 1 % of the rows far away: two clusters part them best, but one of the two is too small to act on.
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 300).Select(row => row < 3 ? new[] { 1000.0 + row, 0 } : [row % 10, row % 7])]);
        var result = ClusterCount.Choose(rows, new ClusterCountOptions { To = 4 });
        Assert.Null(result.Model);
        Assert.Contains("No number of clusters from 2 to 4 qualifies", result.Reason);
        Assert.All(result.Candidates, candidate => Assert.Contains("1 % of the rows; at least 2 %", candidate.Reason));
        Assert.True(result.Candidates[0].Silhouette > 0.9);
        Assert.NotNull(ClusterCount.Choose(rows, new ClusterCountOptions { To = 4, SmallestShare = 0.005 }).Model);
    }

    [Fact]
    public void Too_few_distinct_rows_end_the_search_with_a_reason()
    {
        var result = ClusterCount.Choose(Some.FourCorners(each: 20), new ClusterCountOptions());
        Assert.Equal(4, result.Model!.Clusters);
        Assert.Equal([2, 3, 4, 5], result.Candidates.Select(candidate => candidate.Clusters));
        Assert.Contains("only 4 clusters", result.Candidates[^1].Reason);

        var single = ClusterCount.Choose(Matrix.FromRows([.. Enumerable.Repeat(new[] { 1.0 }, 30)]), new ClusterCountOptions());
        Assert.Null(single.Model);
        Assert.Contains("only 1 cluster", Assert.Single(single.Candidates).Reason);
    }

    [Fact]
    public void A_sampled_silhouette_decides_as_the_exact_one_does()
    {
        var rows = Some.Blobs(3000, 5, groups: 4, apart: 12, seed: 8).Rows;
        var exact = ClusterCount.Choose(rows, new ClusterCountOptions { To = 6 });
        var sampled = ClusterCount.Choose(rows, new ClusterCountOptions { To = 6, ExactSilhouetteRows = 100, SilhouetteSample = 400 });
        Assert.Equal(exact.Model!.Clusters, sampled.Model!.Clusters);
        Assert.All(sampled.Candidates, candidate => Assert.True(candidate.SilhouetteError > 0));
        Assert.Equal(exact.Silhouette!.Value, sampled.Silhouette!.Value, 0.02);
    }

    [Fact]
    public void Every_wrong_option_is_named_at_once()
    {
        var options = new ClusterCountOptions { From = 1, To = 0, SmallestShare = 2, PreferMoreWithin = -1, SilhouetteSample = 1, KMeans = new KMeansOptions { InitialCentroids = Some.Normal(2, 2) } };
        var message = Assert.Throws<ArgumentException>(() => ClusterCount.Choose(Some.Normal(5, 2), options)).Message;
        foreach (var name in (string[])["From", "To", "SmallestShare", "PreferMoreWithin", "SilhouetteSample", "InitialCentroids"])
            Assert.Contains(name, message);
    }
}
