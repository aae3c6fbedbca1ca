using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Gathers rows into many small groups by k-means: grown from a sample, settled on all rows. Ward's and average linkage go on with
/// the sizes of the groups, so that a merge weighs what its rows weigh; single and complete linkage see the centres alone. Needs a copy of the rows.
/// </summary>
internal static class MicroLeaves
{
    /// <summary>Rows drawn for each group: enough to shape it, few beside all.</summary>
    private const int SampleRowsEach = 10;
    private const int PassesOnSample = 10;
    private const int PassesOnAll = 3;

    public static Leaves Of(Matrix rows, HierarchicalOptions options, Bilingual reason, CancellationToken cancellationToken)
    {
        var kMeans = new KMeansOptions { Clusters = options.MicroClusters, Starts = 1, MaxIterations = PassesOnSample, Seed = options.Seed, Threads = options.Threads };
        // In content order, so that the draws fall on the same rows however they came.
        var sorted = rows.Take(ContentOrder.Of(rows));
        var start = KMeans.Fit(Sample(sorted, options), kMeans, progress: null, cancellationToken).Centroids;
        var settled = KMeans.Fit(sorted, kMeans with { Clusters = start.Rows, InitialCentroids = start, MaxIterations = PassesOnAll }, progress: null, cancellationToken).Centroids;

        // By the same search as prediction, so that training rows keep their labels to the last tie.
        var nearest = new NearestRow(settled).Of(rows, options.Threads, cancellationToken);
        var weights = new int[settled.Rows];
        var first = new int[settled.Rows];
        for (var row = rows.Rows - 1; row >= 0; row--)
        {
            weights[nearest[row]]++;
            first[nearest[row]] = row;
        }

        var kept = Enumerable.Range(0, settled.Rows).Where(leaf => weights[leaf] > 0).ToArray();
        var numbers = new int[settled.Rows];
        for (var leaf = 0; leaf < kept.Length; leaf++)
            numbers[kept[leaf]] = leaf;
        for (var row = 0; row < nearest.Length; row++)
            nearest[row] = numbers[nearest[row]];
        return new Leaves(settled.Take(kept), [.. kept.Select(leaf => weights[leaf])], [.. kept.Select(leaf => first[leaf])], nearest, new MicroClustering(kept.Length, rows.Rows, Told(reason, kept.Length, options.Linkage)));
    }

    private static Matrix Sample(Matrix rows, HierarchicalOptions options)
    {
        var wanted = (long)SampleRowsEach * options.MicroClusters;
        if (wanted >= rows.Rows)
            return rows;
        var order = Enumerable.Range(0, rows.Rows).ToArray();
        new Xoshiro256(options.Seed).Shuffle(order.AsSpan());
        var drawn = order.AsSpan(0, (int)wanted);
        drawn.Sort();
        return rows.Take(drawn);
    }

    private static Bilingual Told(Bilingual reason, int count, Linkage linkage)
    {
        var number = Wording.Number((double)count);
        return linkage is Linkage.Ward or Linkage.Average
            ? new Bilingual(
                $"{reason.En} They were gathered into {number.En} micro-clusters by k-means, and those were merged by their centres and sizes: heights and clusters are close to the exact ones, not equal.",
                $"{reason.Fr} Elles ont été regroupées en {number.Fr} micro-segments par k-moyennes, fusionnés selon leurs centres et leurs tailles : hauteurs et segments sont proches des valeurs exactes, sans leur être égaux.")
            : new Bilingual(
                $"{reason.En} They were gathered into {number.En} micro-clusters by k-means, and those were merged by the distances of their centres: heights and clusters are not the exact ones.",
                $"{reason.Fr} Elles ont été regroupées en {number.Fr} micro-segments par k-moyennes, fusionnés selon les distances de leurs centres : hauteurs et segments ne sont pas les valeurs exactes.");
    }
}
