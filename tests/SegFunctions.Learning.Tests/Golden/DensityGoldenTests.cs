using System.Text.Json;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Figures of scikit-learn 1.2.1, scipy 1.10.1 and R's dbscan 1.1-11, made by make_density.py and make_density.R beside this file.</summary>
public sealed class DensityGoldenTests
{
    private static readonly JsonElement Root = Read();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Root.GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dbscan_has_the_core_points_and_the_noise_of_scikit_learn_and_its_clusters_up_to_border_rows(int number)
    {
        var golden = Case(number);
        var model = Dbscan.Fit(golden.GetProperty("rows").Matrix(), Options(golden));
        var labels = golden.GetProperty("labels").Integers();
        var core = golden.GetProperty("core").Booleans();
        Assert.Equal(core, model.CorePoints);
        Assert.Equal(labels.Select(label => label < 0), model.Labels.Select(label => label < 0));
        Assert.Equal(labels.Max() + 1, model.Clusters);
        Assert.Equal(1, AdjustedRandIndex.Of(Of(core, labels), Of(core, model.Labels)));
        Assert.True(AdjustedRandIndex.Of(labels, model.Labels) > 0.98);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dbscan_has_the_clusters_of_core_points_of_R(int number)
    {
        var golden = Case(number);
        var model = Dbscan.Fit(golden.GetProperty("rows").Matrix(), Options(golden));
        // Told to leave out border points, R labels core points alone.
        var labels = golden.GetProperty("r").GetProperty("coreClusters").Integers();
        var core = model.CorePoints.ToArray();
        Assert.Equal(labels.Select(label => label >= 0), core);
        Assert.Equal(1, AdjustedRandIndex.Of(Of(core, labels), Of(core, model.Labels)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hdbscan_has_the_spanning_tree_of_the_full_matrix(int number)
    {
        var golden = Case(number);
        var model = Hdbscan.Fit(golden.GetProperty("rows").Matrix(), new HdbscanOptions { MinimumClusterSize = golden.GetProperty("minimumClusterSize").GetInt32() });
        GoldenFigures.Close(golden.GetProperty("coreDistances").Doubles(), model.CoreDistances, 1e-12);
        GoldenFigures.Close(golden.Number("spanningWeight"), model.SpanningTreeWeight, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hdbscan_has_the_tree_the_clusters_and_the_outlier_scores_of_R_which_counts_the_row_itself(int number)
    {
        var golden = Case(number);
        var r = golden.GetProperty("r");
        var size = golden.GetProperty("minimumClusterSize").GetInt32();
        var model = Hdbscan.Fit(golden.GetProperty("rows").Matrix(), new HdbscanOptions { MinimumClusterSize = size, MinimumSamples = size - 1 });
        GoldenFigures.Close(r.GetProperty("coreDistances").Doubles(), model.CoreDistances, 1e-12);
        GoldenFigures.Close(r.GetProperty("heights").Doubles().Sum(), model.SpanningTreeWeight, 1e-9);
        var labels = r.GetProperty("labels").Integers();
        Assert.Equal(labels.Max() + 1, model.Clusters);
        Assert.True(AdjustedRandIndex.Of(labels, model.Labels) > 0.99, $"{AdjustedRandIndex.Of(labels, model.Labels)}");
        if (!golden.TryGetProperty("dbcv", out _))
            return;
        // R goes on to shrink a cluster below its minimum size and measures a row's own density by its core distance; we, as the Python package,
        // take the density at which the row leaves its last cluster. So the scores agree as a ranking does.
        Assert.True(Correlation(r.GetProperty("outlierScores").Doubles(), model.OutlierScores) > 0.9, $"{Correlation(r.GetProperty("outlierScores").Doubles(), model.OutlierScores)}");
        var deepest = Deepest(model.Tree);
        GoldenFigures.Close([.. model.Tree.RowCluster.Select((cluster, row) => 1 - (model.Tree.RowLambda[row] / deepest[cluster]))], model.OutlierScores, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dbcv_is_that_of_the_formulas(int number)
    {
        var golden = Case(number);
        if (!golden.TryGetProperty("dbcv", out var expected))
            return;
        var result = Dbcv.Of(golden.GetProperty("rows").Matrix(), golden.GetProperty("labels").Integers())!;
        GoldenFigures.Close(golden.GetProperty("validity").Doubles(), result.PerCluster, 1e-9);
        GoldenFigures.Close(expected.GetDouble(), result.Value, 1e-9);
    }

    private static double Correlation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (a, b) = (first.Average(), second.Average());
        var together = first.Zip(second, (x, y) => (x - a) * (y - b)).Sum();
        return together / Math.Sqrt(first.Sum(x => (x - a) * (x - a)) * second.Sum(y => (y - b) * (y - b)));
    }

    /// <summary>The greatest λ of each cluster and those below it.</summary>
    private static double[] Deepest(CondensedTree tree)
    {
        var deepest = tree.Clusters.Select(cluster => cluster.Death).ToArray();
        for (var cluster = deepest.Length - 1; cluster > 0; cluster--)
            deepest[tree.Clusters[cluster].Parent] = Math.Max(deepest[tree.Clusters[cluster].Parent], deepest[cluster]);
        return deepest;
    }

    private static DbscanOptions Options(JsonElement golden) =>
        new() { Epsilon = golden.Number("epsilon"), MinimumPoints = golden.GetProperty("minimumPoints").GetInt32() };

    private static int[] Of(bool[] chosen, IReadOnlyList<int> labels) => [.. Enumerable.Range(0, chosen.Length).Where(row => chosen[row]).Select(row => labels[row])];

    private static JsonElement Case(int number) => Root.GetProperty("cases")[number];

    private static JsonElement Read()
    {
        using var stream = typeof(DensityGoldenTests).Assembly.GetManifestResourceStream("density.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
