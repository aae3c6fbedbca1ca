using System.Text.Json;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Golden;

public sealed class ClusteringGoldenTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, GoldenFigures.Root.GetProperty("clustering").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void KMeans_from_given_centres_ends_where_scikit_learn_does(int number)
    {
        var golden = Case(number);
        var start = golden.GetProperty("start").Matrix();
        var model = KMeans.Fit(golden.GetProperty("rows").Matrix(), new KMeansOptions { Clusters = start.Rows, InitialCentroids = start, Tolerance = 0 });
        GoldenFigures.Close(golden.Number("inertia"), model.Inertia, 1e-12);
        Assert.Equal(1, AdjustedRandIndex.Of(golden.GetProperty("labels").Integers(), model.Labels));
        var expected = golden.GetProperty("centroids").Matrix();
        for (var row = 0; row < model.Labels.Count; row++)
            GoldenFigures.Close(expected.Row(golden.GetProperty("labels")[row].GetInt32()).ToArray(), model.Centroids.Row(model.Labels[row]).ToArray(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void KMeans_stopped_early_reports_the_inertia_of_the_last_assignment(int number)
    {
        var golden = Case(number);
        var start = golden.GetProperty("start").Matrix();
        var model = KMeans.Fit(golden.GetProperty("rows").Matrix(), new KMeansOptions { Clusters = start.Rows, InitialCentroids = start, Tolerance = 0, MaxIterations = 2 });
        Assert.Equal(2, model.Iterations);
        Assert.False(model.Converged);
        GoldenFigures.Close(golden.Number("inertiaAfterTwoPasses"), model.Inertia, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cluster_indices_are_those_of_scikit_learn(int number)
    {
        var golden = Case(number);
        var rows = golden.GetProperty("rows").Matrix();
        var labels = golden.GetProperty("labels").Integers();
        GoldenFigures.Close(golden.Number("silhouette"), Silhouette.Exact(rows, labels)!.Value, 1e-12);
        GoldenFigures.Close(golden.Number("daviesBouldin"), DaviesBouldin.Of(rows, labels)!.Value, 1e-12);
        GoldenFigures.Close(golden.Number("calinskiHarabasz"), CalinskiHarabasz.Of(rows, labels)!.Value, 1e-12);
    }

    [Fact]
    public void Adjusted_Rand_index_is_that_of_scikit_learn()
    {
        var golden = GoldenFigures.Root.GetProperty("partitions");
        GoldenFigures.Close(golden.Number("adjustedRand"), AdjustedRandIndex.Of(golden.GetProperty("first").Integers(), golden.GetProperty("second").Integers()), 1e-14);
    }

    private static JsonElement Case(int number) => GoldenFigures.Root.GetProperty("clustering")[number];
}
