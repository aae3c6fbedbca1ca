namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Davies–Bouldin index (Davies &amp; Bouldin 1979, p = q = 2 over centres, mean distances): the mean over clusters of the worst
/// (sᵢ + sⱼ) / dᵢⱼ. 0 is best. Cost O(n · d + k² · d).
/// </summary>
public static class DaviesBouldin
{
    /// <param name="rows">Shape (n × d), finite.</param>
    /// <param name="labels">One a row; below 0 is noise and left out.</param>
    /// <returns>null when fewer than two clusters hold rows; ∞ when two centres coincide although their rows differ.</returns>
    public static double? Of(Matrix rows, IReadOnlyList<int> labels) => Of(ClusterSpread.Of(rows, labels));

    internal static double? Of(ClusterSpread spread)
    {
        var clusters = spread.Clusters;
        if (clusters.Occupied < 2)
            return null;
        var sum = 0.0;
        for (var a = 0; a < clusters.Clusters; a++)
        {
            if (clusters.Size(a) == 0)
                continue;
            var worst = 0.0;
            for (var b = 0; b < clusters.Clusters; b++)
            {
                if (b == a || clusters.Size(b) == 0)
                    continue;
                var spreadOfBoth = spread.MeanDistances[a] + spread.MeanDistances[b];
                if (spreadOfBoth > 0)
                    worst = Math.Max(worst, spreadOfBoth / Math.Sqrt(Distance.Squared(spread.Centre(a), spread.Centre(b))));
            }

            sum += worst;
        }

        return sum / clusters.Occupied;
    }
}
