using System.Text.Json;
using SegFunctions.Learning.Boosting;
using SegFunctions.Learning.Boosting.Shap;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Against XGBoost 1.7.4, on its own trees; figures made by make_shap.py beside this file.</summary>
public sealed class ShapGoldenTests
{
    // XGBoost adds up in singles.
    private const double Tolerance = 1e-5;

    private static readonly JsonElement[] Cases = Read();

    [Fact]
    public void Contributions_are_those_of_XGBoost()
    {
        Assert.Equal(4, Cases.Length);
        foreach (var golden in Cases)
            AssertClose(golden.GetProperty("contributions"), TreeShap.For(Model(golden)).Explain(Singles(golden.GetProperty("rows"))));
    }

    [Fact]
    public void Against_a_background_they_are_the_Shapley_values_of_XGBoost_s_margins()
    {
        var golden = Assert.Single(Cases, golden => golden.TryGetProperty("background", out _));
        var explainer = TreeShap.For(Model(golden), Singles(golden.GetProperty("background")));
        var expected = golden.GetProperty("interventional");
        AssertClose(expected, explainer.Explain(Singles(golden.GetProperty("rows")).Take([.. Enumerable.Range(0, expected.GetArrayLength())])));
    }

    [Fact]
    public void The_cases_have_deep_trees_and_sets_of_categories()
    {
        var models = Cases.Select(Model).ToArray();
        Assert.Contains(models, model => model.Trees.Any(tree => tree.CategorySets.Length > 0));
        Assert.Contains(models, model => model.Trees.Any(tree => tree.Nodes > 63));
        Assert.Contains(models, model => model.Outputs == 3);
    }

    private static void AssertClose(JsonElement expected, Matrix found)
    {
        Assert.Equal(expected.GetArrayLength(), found.Rows);
        for (var row = 0; row < found.Rows; row++)
            GoldenFigures.Close(expected[row].Doubles(), found.Row(row).ToArray(), Tolerance);
    }

    private static BoostedTrees Model(JsonElement golden)
    {
        var features = golden.GetProperty("rows")[0].GetArrayLength();
        var (classes, codes) = (golden.GetProperty("classes").GetInt32(), golden.GetProperty("codes").GetInt32());
        var counts = new int[features];
        counts[^1] = codes;
        return new BoostedTrees(
            classes > 1 ? BoostingLoss.Softmax : BoostingLoss.Logistic,
            [.. Enumerable.Range(0, features).Select(feature => $"column {feature}")],
            counts,
            [.. Enumerable.Repeat(golden.Number("base_margin"), classes)],
            [.. golden.GetProperty("trees").EnumerateArray().Select(tree => Tree(tree, codes))]);
    }

    private static RegressionTree Tree(JsonElement tree, int codes)
    {
        int[] Integers(string name) => tree.GetProperty(name).Integers();
        var (left, values) = (Integers("left_children"), Numbers(tree.GetProperty("split_conditions")));
        var (setNodes, setStarts, setSizes, categories) = (Integers("categories_nodes"), Integers("categories_segments"), Integers("categories_sizes"), Integers("categories"));
        var sets = new ulong[setNodes.Length][];
        for (var set = 0; set < sets.Length; set++)
        {
            // XGBoost keeps the codes that go right.
            sets[set] = [ulong.MaxValue];
            foreach (var code in categories.AsSpan(setStarts[set], setSizes[set]))
                sets[set][0] &= ~(1UL << code);
        }

        Assert.InRange(codes, 0, 64);
        return new RegressionTree
        {
            Feature = [.. Integers("split_indices").Select((feature, node) => left[node] < 0 ? -1 : feature)],
            // There, what is less goes left; here, what is not more.
            Threshold = [.. values.Select(Math.BitDecrement)],
            Categories = [.. left.Select((_, node) => Array.IndexOf(setNodes, node))],
            CategorySets = sets,
            MissingLeft = [.. Integers("default_left").Select(flag => flag != 0)],
            Left = left,
            Right = Integers("right_children"),
            Value = values,
            Cover = Numbers(tree.GetProperty("sum_hessian")),
        };
    }

    private static Matrix Singles(JsonElement rows) => Matrix.FromRows([.. rows.EnumerateArray().Select(Numbers)]);

    /// <summary>What the text says as singles, which XGBoost reads it as.</summary>
    private static double[] Numbers(JsonElement numbers) =>
        [.. numbers.EnumerateArray().Select(number => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetSingle())];

    private static JsonElement[] Read()
    {
        using var stream = typeof(ShapGoldenTests).Assembly.GetManifestResourceStream("shap.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.GetProperty("cases").EnumerateArray()];
    }
}
