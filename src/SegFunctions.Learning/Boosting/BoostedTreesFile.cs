using System.Text.Json.Nodes;
using SegFunctions.Learning.Clustering.Density;

namespace SegFunctions.Learning.Boosting;

/// <summary>How boosted trees rest: what they predict in the header, their nodes one after the other in arrays.</summary>
internal static class BoostedTreesFile
{
    private const string Kind = "boosted-trees";
    private const int Version = 1;

    public static void Save(BoostedTrees model, Stream stream)
    {
        var fields = new JsonObject
        {
            ["loss"] = model.Loss.ToString(),
            ["rounds"] = model.Rounds,
            ["outputs"] = model.Outputs,
            ["features"] = new JsonArray([.. model.FeatureNames.Select(name => (JsonNode)name)]),
            ["categoryCounts"] = new JsonArray([.. model.CategoryCounts.Select(count => (JsonNode)count)]),
        };
        var trees = model.Trees;
        ModelFile.Write(
            stream,
            Kind,
            Version,
            fields,
            ("baseScores", [.. model.BaseScores]),
            ("validationLosses", [.. model.ValidationLosses]),
            ("nodes", [.. trees.Select(tree => (double)tree.Nodes)]),
            ("feature", Joined(tree => StoredIntegers.ToDoubles(tree.Feature))),
            ("threshold", Joined(tree => tree.Threshold)),
            ("categories", Joined(tree => StoredIntegers.ToDoubles(tree.Categories))),
            ("missingLeft", Joined(tree => [.. tree.MissingLeft.Select(left => left ? 1.0 : 0)])),
            ("left", Joined(tree => StoredIntegers.ToDoubles(tree.Left))),
            ("right", Joined(tree => StoredIntegers.ToDoubles(tree.Right))),
            ("value", Joined(tree => tree.Value)),
            ("cover", Joined(tree => tree.Cover)),
            ("sets", Joined(tree => [tree.CategorySets.Length])),
            ("setWords", Joined(tree => [.. tree.CategorySets.Select(set => (double)set.Length)])),
            // Half a word each: a double holds 32 bits exactly.
            ("setBits", Joined(tree => [.. tree.CategorySets.SelectMany(set => set).SelectMany(word => (double[])[(uint)word, (uint)(word >> 32)])])));

        double[] Joined(Func<RegressionTree, double[]> part) => [.. trees.SelectMany(part)];
    }

    public static BoostedTrees Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, Version);
        if (!Enum.TryParse<BoostingLoss>(file.Field<string>("loss"), out var loss) || !Enum.IsDefined(loss))
            throw Damaged($"an unknown loss, \"{file.Field<string>("loss")}\"");
        var (rounds, outputs) = (file.Field<int>("rounds"), file.Field<int>("outputs"));
        if (rounds < 0 || outputs < 1 || (outputs > 1) != (loss == BoostingLoss.Softmax) || (long)rounds * outputs > Array.MaxLength)
            throw Damaged($"{rounds} rounds of {outputs} trees for the loss {loss}");
        var names = file.List("features").Select(name => name is JsonValue text && text.TryGetValue<string>(out var read) ? read : throw Damaged("a feature without a name")).ToArray();
        var categoryCounts = file.Integers("categoryCounts");
        if (names.Length == 0 || categoryCounts.Length != names.Length || categoryCounts.Any(count => count is < 0 or > Categories.GreatestCode + 1))
            throw Damaged($"{names.Length} features with {categoryCounts.Length} counts of categories");

        var nodes = StoredIntegers.Of(file, "nodes", rounds * outputs, 1, int.MaxValue);
        var all = Total(nodes);
        var feature = StoredIntegers.Of(file, "feature", all, -1, names.Length - 1);
        var categories = StoredIntegers.Of(file, "categories", all, -1, int.MaxValue);
        var missingLeft = StoredIntegers.Of(file, "missingLeft", all, 0, 1);
        var left = StoredIntegers.Of(file, "left", all, -1, int.MaxValue);
        var right = StoredIntegers.Of(file, "right", all, -1, int.MaxValue);
        var (threshold, value, cover) = (Finite(file, "threshold", all), Finite(file, "value", all), Finite(file, "cover", all));
        var sets = StoredIntegers.Of(file, "sets", nodes.Length, 0, int.MaxValue);
        var setWords = StoredIntegers.Of(file, "setWords", Total(sets), 1, (Categories.GreatestCode / 64) + 1);
        var setBits = file.Array("setBits", 2 * Total(setWords));

        var trees = new RegressionTree[nodes.Length];
        var (start, set, bit) = (0, 0, 0);
        for (var at = 0; at < trees.Length; at++)
        {
            var range = start..(start + nodes[at]);
            var own = new ulong[sets[at]][];
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = new ulong[setWords[set++]];
                for (var word = 0; word < own[i].Length; word++, bit += 2)
                    own[i][word] = HalfWord(setBits[bit]) | ((ulong)HalfWord(setBits[bit + 1]) << 32);
            }

            trees[at] = new RegressionTree
            {
                Feature = feature[range],
                Threshold = threshold[range],
                Categories = categories[range],
                CategorySets = own,
                MissingLeft = [.. missingLeft[range].Select(one => one == 1)],
                Left = left[range],
                Right = right[range],
                Value = value[range],
                Cover = cover[range],
            };
            RequireTree(trees[at], categoryCounts);
            start += nodes[at];
        }

        return new BoostedTrees(loss, names, categoryCounts, Finite(file, "baseScores", outputs), trees, file.Array("validationLosses"));
    }

    /// <summary>Every node but the root has one parent, which stands before it, so that a walk ends.</summary>
    private static void RequireTree(RegressionTree tree, int[] categoryCounts)
    {
        var reached = new bool[tree.Nodes];
        for (var node = 0; node < tree.Nodes; node++)
        {
            var (left, right, set) = (tree.Left[node], tree.Right[node], tree.Categories[node]);
            if (node > 0 && !reached[node])
                throw Damaged($"node {node}, which no split leads to");
            if (tree.Feature[node] < 0)
            {
                if (left != -1 || right != -1 || set != -1)
                    throw Damaged($"leaf {node} with children or categories");
                continue;
            }

            if (left <= node || right <= node || left >= tree.Nodes || right >= tree.Nodes || left == right || reached[left] || reached[right])
                throw Damaged($"node {node} with the children {left} and {right}");
            if (set >= tree.CategorySets.Length || (set >= 0) != (categoryCounts[tree.Feature[node]] > 0))
                throw Damaged($"node {node} with the categories {set} of column {tree.Feature[node]}");
            (reached[left], reached[right]) = (true, true);
        }
    }

    private static double[] Finite(ModelFile file, string name, int length)
    {
        var values = file.Array(name, length);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                throw Damaged($"{value} in its array \"{name}\"");
        }

        return values;
    }

    private static uint HalfWord(double bits) => bits is >= 0 and <= uint.MaxValue && bits == Math.Floor(bits) ? (uint)bits : throw Damaged($"{bits} among the bits of its categories");

    private static int Total(int[] counts)
    {
        var total = counts.Sum(count => (long)count);
        return total <= Array.MaxLength / 2 ? (int)total : throw Damaged($"{total} entries, more than an array can have");
    }

    private static InvalidDataException Damaged(string what) => new($"The stored boosted trees hold {what}; the file is damaged.");
}
