using System.Numerics;
using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting.Shap;

/// <summary>Shapley values straight from their definition: every set of columns, with and without each.</summary>
internal static class PlainShap
{
    /// <summary>As an explanation is laid out, when columns that are not known are decided by cover.</summary>
    public static double[] PathDependent(BoostedTrees model, double[] row) => Explain(model, (output, known) =>
        model.BaseScores[output] + TreesOf(model, output).Sum(tree => Mean(tree, 0, row, known)));

    /// <summary>The same when they take the values of background rows.</summary>
    public static double[] Interventional(BoostedTrees model, double[] row, Matrix background) => Explain(model, (output, known) =>
    {
        var sum = 0.0;
        for (var other = 0; other < background.Rows; other++)
        {
            var mixed = row.Select((value, feature) => ((known >> feature) & 1) != 0 ? value : background[other, feature]).ToArray();
            sum += TreesOf(model, output).Sum(tree => tree.Value[tree.LeafOf(mixed)]);
        }

        return model.BaseScores[output] + (sum / background.Rows);
    });

    private static double[] Explain(BoostedTrees model, Func<int, uint, double> worth)
    {
        var features = model.Features;
        var found = new double[model.Outputs * (features + 1)];
        for (var output = 0; output < model.Outputs; output++)
        {
            var own = found.AsSpan(output * (features + 1), features + 1);
            for (uint known = 0; known < 1u << features; known++)
            {
                var value = worth(output, known);
                var size = BitOperations.PopCount(known);
                for (var feature = 0; feature < features; feature++)
                {
                    own[feature] += ((known >> feature) & 1) != 0
                        ? value * Weight(size - 1, features)
                        : -value * Weight(size, features);
                }

                if (known == 0)
                    own[features] = value;
            }
        }

        return found;
    }

    /// <summary>size! (features − size − 1)! / features!.</summary>
    private static double Weight(int size, int features)
    {
        var weight = 1.0 / features;
        for (var i = 1; i <= size; i++)
            weight *= (double)i / (features - i);
        return weight;
    }

    private static IEnumerable<RegressionTree> TreesOf(BoostedTrees model, int output) => model.Trees.Where((_, at) => at % model.Outputs == output);

    private static double Mean(RegressionTree tree, int node, double[] row, uint known)
    {
        var feature = tree.Feature[node];
        if (feature < 0)
            return tree.Value[node];
        var (left, right) = (tree.Left[node], tree.Right[node]);
        if (((known >> feature) & 1) != 0)
            return Mean(tree, tree.GoesLeft(node, row[feature]) ? left : right, row, known);
        var cover = tree.Cover[left] + tree.Cover[right];
        // Where no training row came, neither side is likelier.
        var share = cover > 0 ? tree.Cover[left] / cover : 0.5;
        return (share * Mean(tree, left, row, known)) + ((1 - share) * Mean(tree, right, row, known));
    }
}
