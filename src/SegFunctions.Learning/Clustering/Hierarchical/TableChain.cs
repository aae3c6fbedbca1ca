namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Average and complete linkage by the nearest-neighbour chain (Murtagh 1983; Müllner 2011, section 3.2) on a table of distances.
/// O(n²) time once the table is filled, O(n²) memory. Nothing is allocated on the way.
/// </summary>
internal sealed class TableChain
{
    private readonly DistanceTable _table;

    /// <summary>Slots of the clusters on the chain, and how far each is from the one before it.</summary>
    private readonly int[] _chain;
    private readonly double[] _gaps;
    private readonly int[] _moved;
    private int _length;
    private int _highest;

    /// <param name="points">Shape (n × d), n ≥ 1.</param>
    /// <param name="weights">Rows of every point.</param>
    public TableChain(Matrix points, ReadOnlySpan<int> weights, Linkage linkage, ChunkTeam team)
    {
        _table = new DistanceTable(points, weights, linkage, team);
        _chain = new int[points.Rows];
        _gaps = new double[points.Rows];
        _moved = new int[points.Rows];
        _highest = points.Rows - 1;
    }

    public void Run(MergeList merges, MergeProgress progress)
    {
        while (!merges.IsComplete)
        {
            progress.Made(merges.Count);
            if (_length == 0)
            {
                // From the highest slot, where a search goes along the table and not across.
                while (!_table.HasCluster(_highest))
                    _highest--;
                Push(_highest, double.PositiveInfinity);
            }

            var top = _chain[_length - 1];
            var gap = _gaps[_length - 1];
            var (slot, distance) = _table.Nearest(top);
            // The one before is preferred among equals, without which the chain might walk in a circle.
            if (distance < gap)
                Push(slot, distance);
            else
                MergeTop(merges);
        }
    }

    private void Push(int slot, double gap)
    {
        _chain[_length] = slot;
        _gaps[_length++] = gap;
    }

    private void MergeTop(MergeList merges)
    {
        var top = _chain[_length - 1];
        var before = _chain[_length - 2];
        merges.Add(_table.NameAt(top), _table.NameAt(before), _gaps[_length - 1]);
        _length -= 2;
        _table.Merge(top, before);
        // Halving the slots now and then keeps searches as short as the clusters are few.
        if (_table.Clusters > _table.Slots / 2)
            return;
        _table.Compact(_moved);
        for (var i = 0; i < _length; i++)
            _chain[i] = _moved[_chain[i]];
        _highest = _table.Slots - 1;
    }
}
