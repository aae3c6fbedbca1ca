using System.Numerics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>The k nearest other rows of every row of a leaf, found in one walk. Made once and used for leaf after leaf.</summary>
internal sealed class LeafNeighbours
{
    private readonly KdTree _tree;
    private readonly int _count;
    private readonly double[] _points;
    private readonly double[] _distances;
    private readonly int[] _slots;

    /// <param name="count">k, 0 to one less than the rows of the tree.</param>
    public LeafNeighbours(KdTree tree, int count)
    {
        _tree = tree;
        _count = count;
        _points = new double[KdTree.LeafRows * tree.Columns];
        _distances = new double[KdTree.LeafRows * count];
        _slots = new int[KdTree.LeafRows * count];
    }

    /// <summary>Squared distances of the neighbours of a lane's row, ascending.</summary>
    public Span<double> Distances(int lane) => _distances.AsSpan(lane * _count, _count);

    /// <summary>Where they lie, equally far ones by slot.</summary>
    public Span<int> Slots(int lane) => _slots.AsSpan(lane * _count, _count);

    public void Find(int leaf)
    {
        if (_count == 0)
            return;
        _tree.CopyRows(leaf, _points);
        NearestHeap.Clear(_distances, _slots);
        var search = new Search(this, leaf);
        NearLeaves.AroundLeaf(_tree, leaf, ref search);
        for (var lane = 0; lane < _tree.RowsIn(leaf); lane++)
            NearestHeap.Sort(Distances(lane), Slots(lane));
    }

    private struct Search(LeafNeighbours found, int from) : ILeafVisitor
    {
        /// <summary>The greatest reach of all rows: what the walk has to cover.</summary>
        public double Reach { get; private set; } = double.PositiveInfinity;

        public readonly bool Skips(int node) => false;

        public void Visit(KdNode leaf)
        {
            var (tree, first) = (found._tree, leaf.FirstLeaf * KdTree.LeafRows);
            Span<double> distances = stackalloc double[KdTree.LeafRows];
            Span<double> reaches = stackalloc double[KdTree.LeafRows];
            for (var lane = 0; lane < KdTree.LeafRows; lane++)
                reaches[lane] = found._distances[lane * found._count];
            for (var lanes = tree.LanesWithin(from, leaf.Index, reaches) & tree.Occupied(from); lanes != 0; lanes &= lanes - 1)
            {
                var lane = BitOperations.TrailingZeroCount(lanes);
                var farthest = found._distances.AsSpan(lane * found._count, found._count);
                tree.Measure(leaf.FirstLeaf, found._points.AsSpan(lane * tree.Columns, tree.Columns), out var a, out var b, out var c, out var d);
                var near = LaneBits.AtMost(farthest[0], a, b, c, d) & tree.Occupied(leaf.FirstLeaf);
                if (leaf.FirstLeaf == from)
                    near &= ~(1u << lane);
                if (near == 0)
                    continue;
                LaneBits.Store(distances, a, b, c, d);
                for (; near != 0; near &= near - 1)
                {
                    var other = BitOperations.TrailingZeroCount(near);
                    NearestHeap.Replace(farthest, found.Slots(lane), distances[other], first + other);
                }

                reaches[lane] = farthest[0];
            }

            var greatest = 0.0;
            foreach (var reach in reaches[..tree.RowsIn(from)])
                greatest = Math.Max(greatest, reach);
            Reach = greatest;
        }
    }
}
