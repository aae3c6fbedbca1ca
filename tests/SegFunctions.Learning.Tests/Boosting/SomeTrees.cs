using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting;

/// <summary>Tables with categories and gaps, targets that follow them, and trees made by hand.</summary>
internal static class SomeTrees
{
    /// <summary>Three numeric columns (the second with gaps, the third of few values) and two categorical ones (the last of many codes).</summary>
    public static Matrix Mixed(int rows, long seed = 1, int codes = 30)
    {
        var random = new Xoshiro256(seed);
        return Matrix.FromRows([.. Enumerable.Range(0, rows).Select(_ => new[]
        {
            random.NextNormal(),
            random.NextDouble() < 0.2 ? double.NaN : random.NextNormal(),
            random.NextInt(6),
            random.NextDouble() < 0.1 ? double.NaN : random.NextInt(3),
            random.NextInt(codes),
        })]);
    }

    public static int[] MixedCategories => [3, 4];

    /// <param name="smooth">No two targets alike, so that no two splits gain the same: shares instead of labels, amounts instead of counts.</param>
    public static double[] Target(Matrix rows, BoostingLoss loss, long seed = 5, bool smooth = false)
    {
        var random = new Xoshiro256(seed);
        return [.. Enumerable.Range(0, rows.Rows).Select(row =>
        {
            var signal = rows[row, 0] + (double.IsNaN(rows[row, 1]) ? 1 : Math.Abs(rows[row, 1])) + (rows[row, 4] % 3) - (rows[row, 3] == 1 ? 2 : 0) + random.NextNormal() - 1;
            return loss switch
            {
                BoostingLoss.Logistic when smooth => 1 / (1 + Math.Exp(-2 * signal)),
                BoostingLoss.Poisson when smooth => Math.Exp(signal / 2),
                BoostingLoss.Tweedie when smooth => Math.Exp(signal / 3),
                BoostingLoss.Logistic => signal > 0 ? 1.0 : 0,
                BoostingLoss.Squared => signal,
                BoostingLoss.Poisson => Math.Floor(Math.Exp(signal / 2)),
                BoostingLoss.Tweedie => Math.Max(0, signal),
                _ => Math.Clamp(Math.Floor(signal) + 1, 0, 3),
            };
        })];
    }

    /// <summary>One split of column 0 by a set of codes: 0 to the left, 1 to the right.</summary>
    public static RegressionTree Stump(ulong[] codesLeft, bool missingLeft) => new()
    {
        Feature = [0, -1, -1],
        Threshold = [0, 0, 0],
        Categories = [0, -1, -1],
        CategorySets = [codesLeft],
        MissingLeft = [missingLeft, false, false],
        Left = [1, -1, -1],
        Right = [2, -1, -1],
        Value = [0.5, 0, 1],
        Cover = [2, 1, 1],
    };

    /// <summary>A chain of so many splits on column 0 at 0.5, 1.5 …: node k leaves to the left at k + 0.5.</summary>
    public static RegressionTree Chain(int splits)
    {
        var nodes = (2 * splits) + 1;
        var tree = new RegressionTree
        {
            Feature = new int[nodes],
            Threshold = new double[nodes],
            Categories = new int[nodes],
            CategorySets = [],
            MissingLeft = new bool[nodes],
            Left = new int[nodes],
            Right = new int[nodes],
            Value = new double[nodes],
            Cover = new double[nodes],
        };
        Array.Fill(tree.Categories, -1);
        for (var node = 0; node < nodes; node++)
        {
            var inner = node % 2 == 0 && node < nodes - 1;
            tree.Feature[node] = inner ? 0 : -1;
            tree.Threshold[node] = inner ? (node / 2) + 0.5 : 0;
            tree.MissingLeft[node] = inner && node == 6;
            tree.Left[node] = inner ? node + 1 : -1;
            tree.Right[node] = inner ? node + 2 : -1;
            tree.Value[node] = node / 2;
            tree.Cover[node] = nodes - node;
        }

        return tree;
    }
}
