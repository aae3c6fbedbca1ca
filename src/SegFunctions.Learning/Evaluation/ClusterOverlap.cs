namespace SegFunctions.Learning.Evaluation;

/// <summary>Jaccard similarity |A ∩ B| / |A ∪ B| of clusters found on the same drawn rows.</summary>
internal static class ClusterOverlap
{
    /// <param name="drawn">Row numbers, ascending; a row drawn again counts once, under the label of its first copy.</param>
    /// <param name="labels">One for every row of the table, below 0 for noise.</param>
    /// <param name="again">One for every row drawn.</param>
    /// <returns>For every cluster its greatest similarity to one of the refit; NaN when none of its rows was drawn.</returns>
    public static double[] Greatest(int[] drawn, IReadOnlyList<int> labels, int clusters, IReadOnlyList<int> again, int againClusters)
    {
        var shared = new int[clusters * againClusters];
        var sizes = new int[clusters];
        var againSizes = new int[againClusters];
        for (var i = 0; i < drawn.Length; i++)
        {
            if (i > 0 && drawn[i] == drawn[i - 1])
                continue;
            var (before, after) = (labels[drawn[i]], again[i]);
            if (before >= 0)
                sizes[before]++;
            if (after >= 0)
                againSizes[after]++;
            if (before >= 0 && after >= 0)
                shared[(before * againClusters) + after]++;
        }

        var greatest = new double[clusters];
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            greatest[cluster] = sizes[cluster] == 0 ? double.NaN : 0;
            for (var other = 0; other < againClusters && sizes[cluster] > 0; other++)
            {
                var both = shared[(cluster * againClusters) + other];
                greatest[cluster] = Math.Max(greatest[cluster], (double)both / (sizes[cluster] + againSizes[other] - both));
            }
        }

        return greatest;
    }
}
