namespace SegFunctions.Testing.People;

/// <summary>How well clusters find the pairs of records that are one.</summary>
public readonly record struct PairCounts(long Right, long Found, long True)
{
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    public double Recall => True == 0 ? 1 : (double)Right / True;

    public double F1 => Right == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <param name="clusters">Of each record.</param>
    /// <param name="truth">Of each record.</param>
    public static PairCounts Of(IReadOnlyList<int> clusters, IReadOnlyList<int> truth)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(truth);
        var both = Enumerable.Range(0, clusters.Count).Select(row => (clusters[row], truth[row]));
        return new PairCounts(Pairs(both), Pairs(clusters), Pairs(truth));
    }

    private static long Pairs<T>(IEnumerable<T> groups)
        where T : notnull => groups.CountBy(group => group).Sum(group => (long)group.Value * (group.Value - 1) / 2);
}
