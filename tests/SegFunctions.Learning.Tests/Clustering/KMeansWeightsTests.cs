using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Clustering;

public sealed class KMeansWeightsTests
{
    [Fact]
    public void A_row_of_weight_two_is_the_row_twice_and_one_of_weight_zero_is_none()
    {
        foreach (var seed in (int[])[1, 2, 3, 4])
        {
            var rows = Some.Blobs(700, 5, groups: 6, apart: 4, seed).Rows;
            var random = new Xoshiro256(seed);
            var weights = Enumerable.Range(0, 700).Select(_ => (double)random.NextInt(4)).ToArray();
            var repeated = Enumerable.Range(0, 700).SelectMany(row => Enumerable.Repeat(row, (int)weights[row])).ToArray();
            var options = new KMeansOptions { Clusters = 6, InitialCentroids = rows.Take([1, 2, 3, 4, 5, 6]), MaxIterations = 40, Tolerance = 1e-3 };
            var weighted = KMeans.Fit(rows, weights, options);
            var plain = KMeans.Fit(rows.Take(repeated), options);
            Assert.Equal(plain.Iterations, weighted.Iterations);
            Assert.Equal(plain.Inertia, weighted.Inertia, 1e-9 * plain.Inertia);
            Assert.Equal(1, AdjustedRandIndex.Of(plain.Labels, [.. repeated.Select(row => weighted.Labels[row])]), 12);
            Assert.Equal(weighted.Labels, weighted.Predict(rows));
            Assert.Equal(700, weighted.Sizes.Sum());
        }
    }

    [Fact]
    public void Equal_weights_change_nothing_but_the_scale_of_the_inertia()
    {
        var rows = Some.Blobs(900, 3, groups: 5, apart: 5).Rows;
        var start = rows.Take([10, 20, 30, 40, 50]);
        var options = new KMeansOptions { Clusters = 5, InitialCentroids = start };
        var plain = KMeans.Fit(rows, options);
        var weighted = KMeans.Fit(rows, Enumerable.Repeat(0.25, 900).ToArray(), options);
        Assert.Equal(plain.Labels, weighted.Labels);
        Assert.Equal(plain.Iterations, weighted.Iterations);
        Assert.Equal(plain.Inertia / 4, weighted.Inertia, 1e-10 * plain.Inertia);
    }

    [Fact]
    public void Seeds_are_never_rows_of_weight_zero()
    {
        // Half of the table is far away and weighs nothing: no centre may go there.
        var rows = Matrix.FromRows([.. Enumerable.Range(0, 200).Select(row => new[] { row % 2 == 0 ? 0.1 * row : 1e6 + row })]);
        var weights = Enumerable.Range(0, 200).Select(row => row % 2 == 0 ? 1.0 : 0).ToArray();
        for (var seed = 0; seed < 5; seed++)
        {
            var model = KMeans.Fit(rows, weights, new KMeansOptions { Clusters = 4, Seed = seed });
            Assert.Equal(4, model.Clusters);
            for (var cluster = 0; cluster < 4; cluster++)
                Assert.InRange(model.Centroids[cluster, 0], 0, 20);
        }
    }

    [Fact]
    public void A_cluster_left_with_rows_of_weight_zero_alone_takes_one_that_weighs()
    {
        var rows = Matrix.FromRows([[0.0], [1], [2], [10], [11], [12], [1e6]]);
        double[] weights = [1, 1, 1, 1, 1, 1, 0];
        var model = KMeans.Fit(rows, weights, new KMeansOptions { Clusters = 3, InitialCentroids = Matrix.FromRows([[1.0], [11], [1e6]]), Tolerance = 0 });
        Assert.Equal(3, model.Clusters);
        Assert.All(Enumerable.Range(0, 3), cluster => Assert.InRange(model.Centroids[cluster, 0], 0, 12));
    }

    [Fact]
    public void Thread_count_never_changes_a_byte_of_a_weighted_fit()
    {
        var rows = Some.Blobs(5000, 4, groups: 5, apart: 4).Rows;
        var weights = Some.Normal(5000, 1, seed: 3).Values.ToArray().Select(Math.Abs).ToArray();
        byte[] Fit(int threads) => Some.Bytes(KMeans.Fit(rows, weights, new KMeansOptions { Clusters = 7, Starts = 2, Threads = threads }).Save);
        Assert.Equal(Fit(1), Fit(2));
        Assert.Equal(Fit(1), Fit(5));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_negative_or_not_finite_is_refused_with_its_row(double bad)
    {
        double[] weights = [1, 1, bad, 1];
        var message = Assert.Throws<ArgumentException>(() => KMeans.Fit(Some.Normal(4, 2), weights, new KMeansOptions { Clusters = 2 })).Message;
        Assert.Contains("Row 2", message);
        Assert.Contains(bad.ToString(), message);
    }

    [Fact]
    public void Weights_that_do_not_fit_the_rows_or_are_all_zero_are_refused()
    {
        var rows = Some.Normal(4, 2);
        Assert.Contains("3 weights for 4 rows", Assert.Throws<ArgumentException>(() => KMeans.Fit(rows, new double[3], new KMeansOptions())).Message);
        Assert.Contains("add up to 0", Assert.Throws<ArgumentException>(() => KMeans.Fit(rows, new double[4], new KMeansOptions())).Message);
    }
}
