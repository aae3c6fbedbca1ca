using System.Numerics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>The k nearest rows of a point. Made once and used for point after point.</summary>
/// <param name="count">k, 1 to the rows of the tree.</param>
internal sealed class Neighbours(KdTree tree, int count)
{
    private readonly double[] _distances = new double[count];
    private readonly int[] _slots = new int[count];

    /// <summary>Squared distances, ascending.</summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>Where the neighbours lie, in the order of <see cref="Distances"/>, equally far ones by slot.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    public void Find(ReadOnlySpan<double> point)
    {
        NearestHeap.Clear(_distances, _slots);
        var search = new Search(tree, point, _distances, _slots);
        NearLeaves.AroundPoint(tree, point, ref search);
        NearestHeap.Sort(_distances, _slots);
    }

    private readonly ref struct Search(KdTree tree, ReadOnlySpan<double> point, Span<double> distances, Span<int> slots) : ILeafVisitor
    {
        private readonly ReadOnlySpan<double> _point = point;
        private readonly Span<double> _distances = distances;
        private readonly Span<int> _slots = slots;

        public double Reach => _distances[0];

        public bool Skips(int node) => false;

        public void Visit(KdNode leaf)
        {
            tree.Measure(leaf.FirstLeaf, _point, out var a, out var b, out var c, out var d);
            var near = LaneBits.AtMost(_distances[0], a, b, c, d) & tree.Occupied(leaf.FirstLeaf);
            if (near == 0)
                return;
            Span<double> found = stackalloc double[KdTree.LeafRows];
            LaneBits.Store(found, a, b, c, d);
            for (; near != 0; near &= near - 1)
            {
                var lane = BitOperations.TrailingZeroCount(near);
                NearestHeap.Replace(_distances, _slots, found[lane], (leaf.FirstLeaf * KdTree.LeafRows) + lane);
            }
        }
    }
}
