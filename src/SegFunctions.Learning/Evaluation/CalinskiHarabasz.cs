namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Caliński–Harabasz index (1974): scatter between clusters over scatter within, each by its degrees of freedom,
/// (B / (k − 1)) / (W / (n − k)). Greater is better. Cost O(n · d).
/// </summary>
public static class CalinskiHarabasz
{
    /// <param name="rows">Shape (n × d), finite.</param>
    /// <param name="labels">One a row; below 0 is noise and left out.</param>
    /// <returns>null when fewer than two clusters hold rows or every row is a cluster; ∞ when every row sits on its centre.</returns>
    public static double? Of(Matrix rows, IReadOnlyList<int> labels) => Of(ClusterSpread.Of(rows, labels));

    internal static double? Of(ClusterSpread spread)
    {
        var clusters = spread.Clusters;
        if (clusters.Occupied < 2 || clusters.Occupied >= clusters.Count)
            return null;
        return spread.Between / (clusters.Occupied - 1) / (spread.Within / (clusters.Count - clusters.Occupied));
    }
}
