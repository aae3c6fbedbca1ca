using System.Text.Json;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Figures of scikit-learn 1.2.1, made by make_kmeans.py beside this file.</summary>
public sealed class KMeansGoldenTests
{
    private static readonly JsonElement Figures = Read();

    public static TheoryData<int> Weighted => [.. Enumerable.Range(0, Figures.GetProperty("weighted").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Weighted_rows_end_where_they_do_in_scikit_learn(int number)
    {
        var golden = Figures.GetProperty("weighted")[number];
        var start = golden.GetProperty("start").Matrix();
        var rows = golden.GetProperty("rows").Matrix();
        var options = new KMeansOptions { Clusters = start.Rows, InitialCentroids = start, Tolerance = 0 };
        var model = KMeans.Fit(rows, golden.GetProperty("weights").Doubles(), options);
        GoldenFigures.Close(golden.Number("inertia"), model.Inertia, 1e-12);
        Assert.Equal(1, AdjustedRandIndex.Of(golden.GetProperty("labels").Integers(), model.Labels));
        var expected = golden.GetProperty("centroids").Matrix();
        for (var row = 0; row < rows.Rows; row++)
            GoldenFigures.Close(expected.Row(golden.GetProperty("labels")[row].GetInt32()).ToArray(), model.Centroids.Row(model.Labels[row]).ToArray(), 1e-12);
        var single = KMeans.Fit(rows, golden.GetProperty("weights").Doubles(), options with { Precision = KMeansPrecision.Single });
        GoldenFigures.Close(golden.Number("inertia"), single.Inertia, 1e-5);
    }

    [Fact]
    public void Mini_batches_end_no_worse_than_in_scikit_learn()
    {
        var golden = Figures.GetProperty("minibatch");
        var (n, d, k) = (golden.GetProperty("n").GetInt32(), golden.GetProperty("d").GetInt32(), golden.GetProperty("k").GetInt32());
        var rows = Whole(n, d, k);
        var options = new MiniBatchKMeansOptions { Clusters = k, BatchSize = golden.GetProperty("batch").GetInt32(), Starts = 1 };
        var found = Enumerable.Range(0, 10).Select(seed => MiniBatchKMeans.Fit(rows, options with { Seed = seed }).Inertia).Order().ToArray();
        var theirs = golden.GetProperty("inertias").Doubles().Order().ToArray();
        Assert.True(found[4] <= theirs[4], $"median {found[4]:R}, theirs {theirs[4]:R}");
        Assert.True(found[0] >= golden.Number("full") * (1 - 1e-9), "Nothing is below the best of full k-means.");
        Assert.Equal(golden.Number("full"), KMeans.Fit(rows, new KMeansOptions { Clusters = k }).Inertia, 1e-6 * golden.Number("full"));
    }

    /// <summary>The table of the script, number by number.</summary>
    private static Matrix Whole(int n, int d, int k)
    {
        var state = 1L;
        var centres = Enumerable.Range(0, k * d).Select(_ => Draw(100)).ToArray();
        var values = new List<double>(n * d);
        for (var row = 0; row < n; row++)
        {
            var centre = Draw(k);
            for (var column = 0; column < d; column++)
                values.Add(centres[(centre * d) + column] + Draw(9) + Draw(9) + Draw(9));
        }

        return new Matrix(n, d, [.. values]);

        int Draw(int bound)
        {
            state = state * 48271 % 2147483647;
            return (int)(state % bound);
        }
    }

    private static JsonElement Read()
    {
        using var stream = typeof(KMeansGoldenTests).Assembly.GetManifestResourceStream("kmeans.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
