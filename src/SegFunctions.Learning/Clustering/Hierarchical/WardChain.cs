using System.Diagnostics;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Ward's linkage by the nearest-neighbour chain (Murtagh 1983; Müllner 2011, section 3.2) on centroids: from a cluster to its
/// nearest, from there to its nearest, until two are each other's nearest and merge. O(n² · d) time, O(n · d) memory, no table of distances.
/// </summary>
/// <remarks>
/// A step looks over all clusters in single precision and measures in doubles those that may be the nearest, so the answer is that of
/// doubles. Clusters on the chain are left out of the search: all but the top's predecessor are farther from the top than that one
/// is (the linkage is reducible), and rounding cannot bring the chain back upon itself. Nothing is allocated on the way.
/// </remarks>
internal sealed class WardChain
{
    private readonly double[] _centroids;
    private readonly double[] _sizes;
    private readonly int _columns;
    private readonly ActiveCentroids _active;

    /// <summary>Names of the clusters on the chain, and how far each is from the one before it.</summary>
    private readonly int[] _chain;
    private readonly double[] _gaps;
    private int _length;

    /// <param name="points">Shape (n × d), n ≥ 1.</param>
    /// <param name="weights">Rows of every point.</param>
    public WardChain(Matrix points, ReadOnlySpan<int> weights, ChunkTeam team)
    {
        Debug.Assert(points.Rows == weights.Length);
        _columns = points.Columns;
        _centroids = points.Values.ToArray();
        _sizes = new double[points.Rows];
        _chain = new int[points.Rows];
        _gaps = new double[points.Rows];
        _active = new ActiveCentroids(points, team);
        for (var point = 0; point < _sizes.Length; point++)
        {
            _sizes[point] = weights[point];
            _active.Add(point, points.Row(point), weights[point]);
        }
    }

    public void Run(MergeList merges, MergeProgress progress)
    {
        while (!merges.IsComplete)
        {
            progress.Made(merges.Count);
            if (_length == 0)
                Push(0, double.PositiveInfinity);
            var top = _chain[_length - 1];
            var gap = _gaps[_length - 1];
            var (slot, value) = Nearest(top, gap);
            if (slot >= 0)
            {
                Push(slot, value);
                continue;
            }

            var before = _chain[_length - 2];
            _length -= 2;
            var name = merges.Add(top, before, Math.Sqrt(2 * gap));
            Merge(name, top == name ? before : top);
        }
    }

    /// <summary>The nearest cluster that is nearer than <paramref name="gap"/>, the one of the lowest name among equals; slot −1 for none.</summary>
    private (int Slot, double Value) Nearest(int top, double gap)
    {
        var size = _sizes[top];
        var centroid = Centroid(top);
        var least = _active.Score(centroid, size);
        if (float.IsPositiveInfinity(least))
            return (-1, gap);
        // The cluster of the least score is at most this far, so the nearest is, and what is at most so far has at most that score.
        var limit = (float)_active.Widened(Math.Min(gap, _active.Widened(least, size)), size);
        var (nearest, value) = (-1, gap);
        for (var slot = _active.NextWithin(0, limit); slot >= 0; slot = _active.NextWithin(slot + 1, limit))
        {
            var name = _active.NameAt(slot);
            var other = _sizes[name];
            var found = size * other / (size + other) * Distance.Squared(Centroid(name), centroid);
            if (found < value || (found == value && nearest >= 0 && name < _active.NameAt(nearest)))
                (nearest, value) = (slot, found);
        }

        return (nearest, value);
    }

    private void Push(int slot, double gap)
    {
        _chain[_length] = _active.NameAt(slot);
        _gaps[_length++] = gap;
        _active.RemoveAt(slot);
    }

    private void Merge(int name, int other)
    {
        var mean = _centroids.AsSpan(name * _columns, _columns);
        var share = _sizes[other] / (_sizes[name] + _sizes[other]);
        var second = Centroid(other);
        for (var column = 0; column < mean.Length; column++)
            mean[column] += (second[column] - mean[column]) * share;
        _sizes[name] += _sizes[other];
        _active.Add(name, mean, _sizes[name]);
    }

    private ReadOnlySpan<double> Centroid(int name) => _centroids.AsSpan(name * _columns, _columns);
}
