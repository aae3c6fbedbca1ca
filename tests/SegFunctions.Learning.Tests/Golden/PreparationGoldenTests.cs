using System.Text.Json;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Figures of scikit-learn 1.2.1 (PowerTransformer, RobustScaler, StandardScaler, PCA), made by make_preparation.py beside this file.</summary>
public sealed class PreparationGoldenTests
{
    private static readonly JsonElement Root = Read();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Yeo_Johnson_powers_are_those_of_scikit_learn(int number)
    {
        var golden = Root.GetProperty("powers")[number];
        var values = golden.GetProperty("values").Doubles();
        // Both search the same likelihood, which is flat at its top: half of the digits is what its values can tell.
        GoldenFigures.Close(golden.Number("power"), YeoJohnson.Fit(values), 1e-6);
        GoldenFigures.Close(golden.GetProperty("transformed").Doubles(), [.. values.Select(value => YeoJohnson.Transform(value, golden.Number("power")))], 1e-12);
    }

    [Fact]
    public void The_robust_scale_is_that_of_scikit_learn_with_unit_variance()
    {
        var scales = Root.GetProperty("scales");
        var rows = scales.GetProperty("rows").Matrix();
        var model = TablePreparation.Fit(Named(rows), new PreparationOptions { SkewnessLimit = double.PositiveInfinity });
        GoldenFigures.Close(scales.GetProperty("robust").Matrix().Values.ToArray(), model.Transform(rows).Values.ToArray(), 1e-12);
        GoldenFigures.Close(scales.GetProperty("robustLater").Matrix().Values.ToArray(), model.Transform(scales.GetProperty("later").Matrix()).Values.ToArray(), 1e-12);
    }

    [Fact]
    public void Prepared_by_scale_columns_are_those_of_the_StandardScaler()
    {
        var scales = Root.GetProperty("scales");
        var rows = scales.GetProperty("rows").Matrix();
        var model = TablePreparation.Fit(Named(rows), new PreparationOptions { Mode = PrepareMode.Scale });
        GoldenFigures.Close(scales.GetProperty("standard").Matrix().Values.ToArray(), model.Transform(rows).Values.ToArray(), 1e-12);
        Assert.Equal(model.Transform(rows).Values, model.TransformForFitting(rows).Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Principal_components_are_those_of_scikit_learn_but_for_the_sign(int number)
    {
        var golden = Root.GetProperty("components")[number];
        var rows = golden.GetProperty("rows").Matrix();
        var model = TablePreparation.Fit(Named(rows), new PreparationOptions { Mode = PrepareMode.Scale, PrincipalShare = 0.8 });
        GoldenFigures.Close(golden.GetProperty("shares").Doubles(), [.. model.ComponentShares], 1e-12);
        var weights = golden.GetProperty("weights").Matrix();
        var projected = golden.GetProperty("projected").Matrix();
        var found = model.Transform(rows);
        for (var component = 0; component < weights.Rows; component++)
        {
            var own = model.ComponentWeights!.Row(component).ToArray();
            Assert.True(own[Array.IndexOf(own, own.MaxBy(Math.Abs))] > 0);
            var sign = Math.Sign(Dot.Of(own, weights.Row(component)));
            GoldenFigures.Close(weights.Row(component).ToArray(), [.. own.Select(weight => sign * weight)], 1e-9);
            for (var row = 0; row < rows.Rows; row++)
                GoldenFigures.Close(projected[row, component], sign * found[row, component], 1e-9);
        }
    }

    private static Table Named(Matrix rows) => Table.Of(rows, [.. Enumerable.Range(0, rows.Columns).Select(column => $"c{column}")]);

    private static JsonElement Read()
    {
        using var stream = typeof(PreparationGoldenTests).Assembly.GetManifestResourceStream("preparation.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
