using System.Text.Json;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Indices against scikit-learn 1.2.1 and scipy 1.10.1: make_evaluation.py makes the figures.</summary>
public sealed class EvaluationGoldenTests
{
    private static readonly JsonElement Root = Read();

    [Fact]
    public void Comparisons_of_partitions_are_those_of_scikit_learn()
    {
        foreach (var expected in Root.GetProperty("partitions").EnumerateArray())
        {
            var apart = expected.GetProperty("noiseApart").GetBoolean();
            var first = Labels(expected.GetProperty("first"), apart);
            var second = Labels(expected.GetProperty("second"), apart);
            GoldenFigures.Close(expected.Number("ari"), AdjustedRandIndex.Of(first, second), 1e-12);
            GoldenFigures.Close(expected.Number("ami"), AdjustedMutualInformation.Of(first, second), 1e-9);
            var found = VMeasure.Of(first, second);
            GoldenFigures.Close(expected.Number("homogeneity"), found.Homogeneity, 1e-12);
            GoldenFigures.Close(expected.Number("completeness"), found.Completeness, 1e-12);
            GoldenFigures.Close(expected.Number("v"), found.Value, 1e-12);
        }
    }

    [Fact]
    public void Geometric_indices_with_noise_and_single_rows_are_those_of_scikit_learn()
    {
        foreach (var expected in Root.GetProperty("geometry").EnumerateArray())
        {
            var rows = expected.GetProperty("rows").Matrix();
            var labels = expected.GetProperty("labels").Integers();
            GoldenFigures.Close(expected.Number("silhouette"), Silhouette.Exact(rows, labels)!.Value, 1e-10);
            GoldenFigures.Close(expected.Number("daviesBouldin"), DaviesBouldin.Of(rows, labels)!.Value, 1e-10);
            GoldenFigures.Close(expected.Number("calinskiHarabasz"), CalinskiHarabasz.Of(rows, labels)!.Value, 1e-10);
        }
    }

    [Fact]
    public void The_normal_distribution_is_that_of_scipy()
    {
        foreach (var pair in Root.GetProperty("normal").EnumerateArray().Select(pair => pair.Doubles()))
            Assert.Equal(pair[1], NormalDistribution.Cumulative(pair[0]), 2e-15);
    }

    private static int[] Labels(JsonElement element, bool noiseApart) => noiseApart ? NoiseRows.AsSingletons(element.Integers()) : element.Integers();

    private static JsonElement Read()
    {
        using var stream = typeof(EvaluationGoldenTests).Assembly.GetManifestResourceStream("evaluation.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
