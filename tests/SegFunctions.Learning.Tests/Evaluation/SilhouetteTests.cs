using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Evaluation;

public sealed class SilhouetteTests
{
    [Fact]
    public void Exact_silhouette_is_that_of_the_plain_double_loop_at_every_width()
    {
        foreach (var columns in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 65, 129])
        {
            foreach (var rows in (int[])[2, 3, 8, 9, 17, 61])
            {
                var table = Some.Normal(rows, columns, seed: rows);
                // Uneven clusters, one row of noise where there is room for it, and a number that nobody has.
                int[] labels = [.. Enumerable.Range(0, rows).Select(row => row == 5 ? -1 : row % 7 < 4 ? 0 : row % 3 == 0 ? 3 : 1)];
                var expected = Plain(table, labels);
                var found = Silhouette.Exact(table, labels);
                if (expected is null)
                    Assert.Null(found);
                else
                    Assert.Equal(expected.Value, found!.Value, 1e-13);
            }
        }
    }

    [Fact]
    public void Rows_that_repeat_each_other_are_at_distance_0()
    {
        var rows = Matrix.FromRows([[1e8, 0.1], [1e8, 0.1], [1e8, 0.1], [5, 5], [5, 5]]);
        Assert.Equal(1, Silhouette.Exact(rows, [0, 0, 0, 1, 1])!.Value);
        Assert.Equal([1.0, 1.0], Silhouette.Exact(rows, [0, 0, 0, 1, 1])!.PerCluster);
    }

    [Fact]
    public void The_only_row_of_a_cluster_counts_0()
    {
        var result = Silhouette.Exact(Matrix.FromRows([[0.0], [100], [100]]), [1, 0, 0])!;
        Assert.Equal([1.0, 0.0], result.PerCluster);
        Assert.Equal(2.0 / 3, result.Value, 1e-15);
    }

    [Fact]
    public void One_cluster_has_no_silhouette()
    {
        var rows = Some.Normal(20, 2);
        Assert.Null(Silhouette.Exact(rows, new int[20]));
        Assert.Null(Silhouette.Sampled(rows, [.. Enumerable.Range(0, 20).Select(row => row < 2 ? -1 : 4)], 5, seed: 1));
        Assert.Null(Silhouette.Exact(rows, [.. Enumerable.Repeat(-1, 20)]));
    }

    [Fact]
    public void Thread_count_never_changes_a_bit()
    {
        var (rows, groups) = Some.Blobs(2000, 5, groups: 4, apart: 4);
        var one = Silhouette.Exact(rows, groups, threads: 1)!;
        var sampled = Silhouette.Sampled(rows, groups, 300, seed: 1, threads: 1)!;
        for (var threads = 2; threads <= 4; threads++)
        {
            Assert.Equal(one.Value, Silhouette.Exact(rows, groups, threads)!.Value);
            Assert.Equal(sampled.Value, Silhouette.Sampled(rows, groups, 300, seed: 1, threads)!.Value);
        }
    }

    [Fact]
    public void The_sample_is_unbiased_and_its_error_honest()
    {
        var (rows, _) = Some.Blobs(1200, 3, groups: 5, apart: 5, seed: 6);
        var labels = KMeans.Fit(rows, new KMeansOptions { Clusters = 5, Seed = 1 }).Labels;
        var exact = Silhouette.Exact(rows, labels)!.Value;
        var deviations = Enumerable.Range(0, 60).Select(seed =>
        {
            var sample = Silhouette.Sampled(rows, labels, 120, seed, threads: 1)!;
            return (sample.Value - exact) / sample.StandardError;
        }).ToArray();
        // Standardised deviations: mean within 3/√60 of 0, root mean square near 1.
        Assert.Equal(0, deviations.Average(), 0.39);
        Assert.InRange(Math.Sqrt(deviations.Average(z => z * z)), 0.7, 1.3);
    }

    [Fact]
    public void A_sample_as_large_as_the_table_is_exact()
    {
        var (rows, groups) = Some.Blobs(100, 2, groups: 3, apart: 4);
        var result = Silhouette.Sampled(rows, groups, 100, seed: 1)!;
        Assert.Equal(0, result.StandardError);
        Assert.Equal(Silhouette.Exact(rows, groups)!.Value, result.Value);
    }

    [Fact]
    public void Labels_of_another_table_and_values_that_are_not_finite_are_refused()
    {
        Assert.Contains("4 labels for 5 rows", Assert.Throws<ArgumentException>(() => Silhouette.Exact(Some.Normal(5, 2), [0, 1, 0, 1])).Message);
        Assert.Contains("Row 1, column 0", Assert.Throws<ArgumentException>(() => Silhouette.Exact(Matrix.FromRows([[1.0], [double.NaN]]), [0, 1])).Message);
    }

    [Fact]
    public void It_can_be_cancelled() => Assert.ThrowsAny<OperationCanceledException>(
        () => Silhouette.Exact(Some.Normal(50, 2), [.. Enumerable.Range(0, 50).Select(row => row % 2)], 1, new CancellationToken(canceled: true)));

    private static double? Plain(Matrix rows, int[] labels)
    {
        var clusters = labels.Where(label => label >= 0).Distinct().ToArray();
        if (clusters.Length < 2)
            return null;
        var scores = new List<double>();
        for (var row = 0; row < rows.Rows; row++)
        {
            if (labels[row] < 0)
                continue;
            double MeanDistance(int cluster)
            {
                var others = Enumerable.Range(0, rows.Rows).Where(other => labels[other] == cluster && other != row).ToArray();
                return others.Average(other => Math.Sqrt(Enumerable.Range(0, rows.Columns).Sum(column => Math.Pow(rows[row, column] - rows[other, column], 2))));
            }

            if (labels.Count(label => label == labels[row]) == 1)
            {
                scores.Add(0);
                continue;
            }

            var inside = MeanDistance(labels[row]);
            var outside = clusters.Where(cluster => cluster != labels[row]).Min(MeanDistance);
            scores.Add((outside - inside) / Math.Max(inside, outside));
        }

        return scores.Average();
    }
}
