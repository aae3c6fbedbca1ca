namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// For every slot the squared distance to its k-th nearest other row, and its nearest few rows. Rows that occur several times
/// count as often as they occur, a row's own doubles at distance 0; where there are fewer than k others, the farthest one counts.
/// </summary>
internal sealed class CoreDistances : IChunkWork
{
    private const int LeavesPerChunk = 16;

    /// <summary>Neighbours kept for each row: a first guess for its lightest edge. More than these rarely help and cost memory.</summary>
    private const int MostKept = 16;

    private readonly KdTree _tree;
    private readonly int[] _counts;
    private readonly int _neighbours;
    private readonly Scratch<LeafNeighbours> _scratch;

    private CoreDistances(KdTree tree, int[] counts, int neighbours)
    {
        var searched = Math.Min(neighbours, tree.Count - 1);
        _tree = tree;
        _counts = counts;
        _neighbours = neighbours;
        _scratch = new Scratch<LeafNeighbours>(() => new LeafNeighbours(tree, searched));
        Kept = Math.Min(MostKept, searched);
        Nearest = new int[(long)tree.Count * Kept];
        Squared = new double[tree.Slots];
    }

    /// <summary>Squared core distance of every slot.</summary>
    public double[] Squared { get; }

    /// <summary>Shape (rows × <see cref="Kept"/>): the slots of the nearest other rows within the core distance, nearest first; then −1.</summary>
    public int[] Nearest { get; }

    public int Kept { get; }

    /// <param name="counts">How often each row of the table under the tree occurs.</param>
    /// <param name="neighbours">k, 1 or more.</param>
    public static CoreDistances Of(KdTree tree, int[] counts, int neighbours, ChunkTeam team)
    {
        var distances = new CoreDistances(tree, counts, neighbours);
        team.Run(distances, ((tree.Leaves - 1) / LeavesPerChunk) + 1);
        return distances;
    }

    public void Run(int chunk)
    {
        var neighbours = _scratch.Borrow();
        for (var leaf = chunk * LeavesPerChunk; leaf < Math.Min(_tree.Leaves, (chunk + 1) * LeavesPerChunk); leaf++)
        {
            neighbours.Find(leaf);
            for (var lane = 0; lane < _tree.RowsIn(leaf); lane++)
                Keep((leaf * KdTree.LeafRows) + lane, neighbours.Distances(lane), neighbours.Slots(lane));
        }

        _scratch.Return(neighbours);
    }

    /// <summary>Squared distance to the k-th of the neighbours, each counted as often as it occurs; to the last where there are fewer.</summary>
    /// <param name="own">Rows at distance 0 that are not among the neighbours.</param>
    public static double KthDistance(ReadOnlySpan<double> distances, ReadOnlySpan<int> slots, int own, int k, KdTree tree, int[] counts)
    {
        var seen = own;
        var distance = 0.0;
        for (var i = 0; i < slots.Length && seen < k; i++)
        {
            seen += counts[tree.Rows[slots[i]]];
            distance = distances[i];
        }

        return distance;
    }

    private void Keep(int slot, ReadOnlySpan<double> distances, ReadOnlySpan<int> slots)
    {
        Squared[slot] = KthDistance(distances, slots, _counts[_tree.Rows[slot]] - 1, _neighbours, _tree, _counts);
        for (var i = 0; i < Kept; i++)
            Nearest[(slot * Kept) + i] = distances[i] <= Squared[slot] ? slots[i] : -1;
    }
}
