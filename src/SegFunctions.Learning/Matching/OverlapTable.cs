namespace SegFunctions.Learning.Matching;

/// <summary>Shared members by old cluster (position among the previous ones) and new cluster (label). Totals include those who are noise on the other side.</summary>
internal sealed class OverlapTable
{
    private readonly int[] _counts;

    private OverlapTable(int old, int @new)
    {
        Old = old;
        New = @new;
        _counts = new int[old * @new];
        OldTotals = new int[old];
        NewTotals = new int[@new];
        NowNoise = new int[old];
    }

    public int Old { get; }

    public int New { get; }

    public int[] OldTotals { get; }

    public int[] NewTotals { get; }

    /// <summary>Members of each old cluster that are noise now.</summary>
    public int[] NowNoise { get; }

    public static OverlapTable Of(PublishedClusters previous, SharedMembers shared, int clusters)
    {
        var positions = new Dictionary<int, int>();
        for (var old = 0; old < previous.Clusters.Count; old++)
            positions.Add(previous.Clusters[old].Id, old);
        var table = new OverlapTable(previous.Clusters.Count, clusters);
        foreach (var (id, label, count) in shared.Counts)
        {
            if (label >= clusters)
                throw new ArgumentException($"{count} shared members have the label {label}; the new clusters are 0 to {clusters - 1}.", nameof(shared));
            var old = -1;
            if (id >= 0 && !positions.TryGetValue(id, out old))
                throw new ArgumentException($"{count} shared members were in cluster {id}, which is not among the previous clusters.", nameof(shared));
            if (old >= 0)
                table.OldTotals[old] += count;
            if (label >= 0)
                table.NewTotals[label] += count;
            if (old >= 0 && label >= 0)
                table._counts[(old * clusters) + label] += count;
            else if (old >= 0)
                table.NowNoise[old] += count;
        }

        return table;
    }

    public int Count(int old, int label) => _counts[(old * New) + label];

    public double Jaccard(int old, int label) => (double)Count(old, label) / (OldTotals[old] + NewTotals[label] - Count(old, label));

    public double ShareOfOld(int old, int label) => OldTotals[old] == 0 ? 0 : (double)Count(old, label) / OldTotals[old];

    public double ShareOfNew(int old, int label) => NewTotals[label] == 0 ? 0 : (double)Count(old, label) / NewTotals[label];

    /// <summary>Whether enough members are shared to say that the two are, or are not, the same.</summary>
    public bool CanTell(int old, int label, int minimum) => OldTotals[old] >= minimum && NewTotals[label] >= minimum;
}
