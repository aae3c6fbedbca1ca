using System.Diagnostics;

namespace SegFunctions.Learning.Clustering.Hierarchical;

/// <summary>
/// Merges as an algorithm finds them, in any order in which parts come before the whole. A cluster is named by its lowest point.
/// </summary>
internal sealed class MergeList(int points)
{
    private readonly (int Low, int High, double Height)[] _merges = new (int, int, double)[Math.Max(0, points - 1)];
    private readonly double[] _heights = new double[points];

    public int Count { get; private set; }

    public bool IsComplete => Count == _merges.Length;

    /// <summary>
    /// Adds a merge of the clusters named <paramref name="one"/> and <paramref name="other"/>. In exact arithmetic no linkage here
    /// merges below the height of its parts; rounding can, by the last bit, and is lifted.
    /// </summary>
    /// <returns>The name of the new cluster.</returns>
    public int Add(int one, int other, double height)
    {
        Debug.Assert(!IsComplete && one != other);
        var low = Math.Min(one, other);
        height = Math.Max(height, Math.Max(_heights[one], _heights[other]));
        _heights[low] = height;
        _merges[Count++] = (low, Math.Max(one, other), height);
        return low;
    }

    /// <summary>Sorts by height, the earlier found first among equals, and numbers clusters as scipy does (Müllner 2011, figure 5).</summary>
    /// <param name="leaves">The leaves of every point; leaves of one point merge at height 0, before all else.</param>
    /// <param name="weights">Training rows of every leaf; null for one each.</param>
    /// <param name="exponent">Heights are multiplied by two to this power.</param>
    public Dendrogram ToDendrogram(DistinctRows leaves, int[]? weights, int exponent)
    {
        Debug.Assert(IsComplete && leaves.Count == points);
        var merges = new Merge[leaves.Rows - 1];
        var roots = new Roots(leaves.Rows, weights);
        var made = 0;
        for (var point = 0; point < points; point++)
        {
            var members = leaves.Members(point);
            foreach (var member in members[1..])
                merges[made++] = roots.Join(members[0], member, 0);
        }

        var order = new int[_merges.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => _merges[a].Height != _merges[b].Height ? _merges[a].Height.CompareTo(_merges[b].Height) : a.CompareTo(b));
        foreach (var i in order)
        {
            var (low, high, height) = _merges[i];
            merges[made++] = roots.Join(leaves.Members(low)[0], leaves.Members(high)[0], Math.ScaleB(height, exponent));
        }

        return new Dendrogram(merges);
    }

    /// <summary>Which cluster a leaf is in by now: union-find over cluster numbers, with path halving.</summary>
    private sealed class Roots
    {
        private readonly int[] _parents;
        private readonly int[] _sizes;
        private int _next;

        public Roots(int leaves, int[]? weights)
        {
            _next = leaves;
            _parents = new int[(2 * leaves) - 1];
            _sizes = new int[_parents.Length];
            for (var node = 0; node < _parents.Length; node++)
                _parents[node] = node;
            for (var leaf = 0; leaf < leaves; leaf++)
                _sizes[leaf] = weights?[leaf] ?? 1;
        }

        public Merge Join(int one, int other, double height)
        {
            var a = Root(one);
            var b = Root(other);
            _parents[a] = _next;
            _parents[b] = _next;
            _sizes[_next] = _sizes[a] + _sizes[b];
            return new Merge(Math.Min(a, b), Math.Max(a, b), height, _sizes[_next++]);
        }

        private int Root(int node)
        {
            while (_parents[node] != node)
            {
                _parents[node] = _parents[_parents[node]];
                node = _parents[node];
            }

            return node;
        }
    }
}
