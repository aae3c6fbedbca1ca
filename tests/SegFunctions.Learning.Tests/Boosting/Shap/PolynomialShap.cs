using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Tests.Boosting.Shap;

/// <summary>
/// Path-dependent TreeSHAP as it was published: Lundberg, Erion &amp; Lee, "Consistent individualized feature attribution for tree ensembles",
/// 2018, Algorithm 2, with its EXTEND and UNWIND; O(leaves · depth²) a row and tree. Reference for tests and baseline of the benchmark.
/// </summary>
internal static class PolynomialShap
{
    /// <summary>Adds the contributions of a tree to one row.</summary>
    /// <param name="sums">One a feature.</param>
    public static void Add(RegressionTree tree, ReadOnlySpan<double> row, Span<double> sums) => Recurse(tree, 0, row, sums, [], 1, 1, -1);

    private static void Recurse(RegressionTree tree, int node, ReadOnlySpan<double> row, Span<double> sums, ReadOnlySpan<Step> above, double share, double own, int feature)
    {
        var path = Extend(above, share, own, feature);
        var split = tree.Feature[node];
        if (split < 0)
        {
            for (var i = 1; i < path.Length; i++)
            {
                var weight = 0.0;
                foreach (var step in Unwind(path, i))
                    weight += step.Weight;
                sums[path[i].Feature] += weight * (path[i].Own - path[i].Share) * tree.Value[node];
            }

            return;
        }

        var (left, right) = (tree.Left[node], tree.Right[node]);
        var goesLeft = tree.GoesLeft(node, row[split]);
        var (shareHere, ownHere) = (1.0, 1.0);
        var before = Array.FindIndex(path, 1, step => step.Feature == split);
        if (before >= 0)
        {
            (shareHere, ownHere) = (path[before].Share, path[before].Own);
            path = Unwind(path, before);
        }

        var cover = tree.Cover[left] + tree.Cover[right];
        Recurse(tree, left, row, sums, path, shareHere * tree.Cover[left] / cover, goesLeft ? ownHere : 0, split);
        Recurse(tree, right, row, sums, path, shareHere * tree.Cover[right] / cover, goesLeft ? 0 : ownHere, split);
    }

    private static Step[] Extend(ReadOnlySpan<Step> above, double share, double own, int feature)
    {
        var length = above.Length;
        Step[] path = [.. above, new Step(feature, share, own, length == 0 ? 1 : 0)];
        for (var i = length - 1; i >= 0; i--)
        {
            path[i + 1].Weight += own * path[i].Weight * (i + 1) / (length + 1);
            path[i].Weight = share * path[i].Weight * (length - i) / (length + 1);
        }

        return path;
    }

    private static Step[] Unwind(Step[] path, int at)
    {
        var length = path.Length - 1;
        var shorter = path[..length];
        var (share, own) = (path[at].Share, path[at].Own);
        var next = path[length].Weight;
        for (var j = length - 1; j >= 0; j--)
        {
            if (own != 0)
            {
                var kept = shorter[j].Weight;
                shorter[j].Weight = next * (length + 1) / ((j + 1) * own);
                next = kept - (shorter[j].Weight * share * (length - j) / (length + 1));
            }
            else
            {
                shorter[j].Weight = shorter[j].Weight * (length + 1) / (share * (length - j));
            }
        }

        for (var j = at; j < length; j++)
            shorter[j] = path[j + 1] with { Weight = shorter[j].Weight };
        return shorter;
    }

    /// <param name="Feature">Column; −1 for the root.</param>
    /// <param name="Share">Share of the training rows that meet the path's conditions on it.</param>
    /// <param name="Own">1 if the row meets them, else 0.</param>
    private record struct Step(int Feature, double Share, double Own, double Weight);
}
