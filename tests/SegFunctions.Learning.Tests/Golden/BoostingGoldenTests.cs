using System.Text.Json;
using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Trees of XGBoost 1.7.4 and predictions of scikit-learn 1.2.1, made by make_boosting.py beside this file.</summary>
public sealed class BoostingGoldenTests
{
    private static readonly JsonElement Root = Read();

    private static readonly Matrix Rows = Matrix.FromRows([.. Root.GetProperty("rows").EnumerateArray()
        .Select(row => row.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()).ToArray())]);

    public static TheoryData<string> XGBoostCases => Names("xgboost");

    public static TheoryData<string> ScikitLearnCases => Names("sklearn");

    [Theory]
    [MemberData(nameof(XGBoostCases))]
    public void Trees_are_those_of_XGBoost_split_for_split(string name)
    {
        var golden = Case("xgboost", name);
        var parameters = golden.GetProperty("params");
        var step = Number(parameters, "max_delta_step", 0);
        var model = Fit(golden, new BoostingOptions
        {
            Rounds = golden.GetProperty("rounds").GetInt32(),
            LearningRate = 0.3,
            MaxDepth = (int)Number(parameters, "max_depth", 3) is > 0 and var depth ? depth : 32,
            MaxLeaves = (int)Number(parameters, "max_leaves", 0) is > 0 and var leaves ? leaves : null,
            Growth = parameters.TryGetProperty("grow_policy", out _) ? TreeGrowth.LeafWise : TreeGrowth.DepthWise,
            L1 = Number(parameters, "alpha", 0),
            L2 = Number(parameters, "lambda", 1),
            MinGain = Number(parameters, "gamma", 0),
            MinChildWeight = Number(parameters, "min_child_weight", 1),
            MinLeafRows = 0,
            MaxStep = step > 0 ? step : double.PositiveInfinity,
            TweediePower = Number(parameters, "tweedie_variance_power", 1.5),
            Monotone = parameters.TryGetProperty("monotone_constraints", out var text) ? [.. text.GetString()!.Trim('(', ')').Split(',').Select(int.Parse)] : [],
        });

        GoldenFigures.Close(golden.GetProperty("base").Doubles(), [.. model.BaseScores], 1e-12);
        var trees = golden.GetProperty("trees");
        Assert.Equal(trees.GetArrayLength(), model.Trees.Count);
        for (var at = 0; at < model.Trees.Count; at++)
        {
            var (features, values) = Preorder(model.Trees[at]);
            Assert.Equal(trees[at].GetProperty("feature").Integers(), features);
            GoldenFigures.Close(trees[at].GetProperty("value").Doubles(), values, 1e-6);
        }

        // Where every training row falls follows from its margin.
        var margins = golden.GetProperty("margins").EnumerateArray().SelectMany(GoldenFigures.Doubles).ToArray();
        GoldenFigures.Close(margins, model.PredictRaw(Rows), 2e-6);
    }

    [Theory]
    [MemberData(nameof(ScikitLearnCases))]
    public void Predictions_are_those_of_scikit_learn(string name)
    {
        var golden = Case("sklearn", name);
        var parameters = golden.GetProperty("params");
        var leaves = parameters.GetProperty("max_leaf_nodes");
        var depth = parameters.GetProperty("max_depth");
        var model = Fit(golden, new BoostingOptions
        {
            Rounds = parameters.GetProperty("max_iter").GetInt32(),
            LearningRate = parameters.Number("learning_rate"),
            MaxDepth = depth.ValueKind == JsonValueKind.Null ? 32 : depth.GetInt32(),
            MaxLeaves = leaves.ValueKind == JsonValueKind.Null ? null : leaves.GetInt32(),
            Growth = leaves.ValueKind == JsonValueKind.Null ? TreeGrowth.DepthWise : TreeGrowth.LeafWise,
            L2 = parameters.Number("l2_regularization"),
            MinChildWeight = 1e-3,
            MinLeafRows = parameters.Number("min_samples_leaf") is > 1 and var rows ? rows : 0,
            MaxStep = double.PositiveInfinity,
        });
        GoldenFigures.Close(golden.GetProperty("predictions").Doubles(), model.Predict(Rows), 2e-6);
    }

    private static BoostedTrees Fit(JsonElement golden, BoostingOptions options)
    {
        var loss = golden.GetProperty("loss").GetString()!;
        var target = Root.GetProperty("targets").GetProperty(loss).Doubles();
        double[] weights = golden.GetProperty("weighted").GetBoolean() ? Root.GetProperty("weights").Doubles() : [];
        return GradientBoosting.Fit(Rows, target, options with { Loss = Enum.Parse<BoostingLoss>(loss, ignoreCase: true) }, weights);
    }

    private static (int[] Features, double[] Values) Preorder(RegressionTree tree)
    {
        var features = new List<int>();
        var values = new List<double>();
        Visit(0);
        return ([.. features], [.. values]);

        void Visit(int node)
        {
            features.Add(tree.Feature[node]);
            values.Add(tree.Feature[node] < 0 ? tree.Value[node] : 0);
            if (tree.Feature[node] < 0)
                return;
            Visit(tree.Left[node]);
            Visit(tree.Right[node]);
        }
    }

    private static double Number(JsonElement parameters, string name, double otherwise) => parameters.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    private static JsonElement Case(string tool, string name) => Root.GetProperty(tool).EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);

    private static TheoryData<string> Names(string tool) => [.. Root.GetProperty(tool).EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    private static JsonElement Read()
    {
        using var stream = typeof(BoostingGoldenTests).Assembly.GetManifestResourceStream("boosting.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
