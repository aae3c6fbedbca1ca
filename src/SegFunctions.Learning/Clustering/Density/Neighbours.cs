using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>The k nearest rows of a point, kept in a heap with the farthest on top. Made once a chunk and used for point after point.</summary>
internal sealed class Neighbours
{
    private readonly KdTree _tree;
    private readonly double[] _distances;
    private readonly int[] _slots;

    /// <param name="count">k, at most the rows of the tree.</param>
    public Neighbours(KdTree tree, int count)
    {
        _tree = tree;
        _distances = new double[count];
        _slots = new int[count];
    }

    /// <summary>Squared distances, ascending after <see cref="Find"/>.</summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>Where the neighbours lie, in the order of <see cref="Distances"/>, equally far ones by slot.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    /// <param name="self">A slot that is no neighbour; −1 for none.</param>
    public void Find(ReadOnlySpan<double> point, int self)
    {
        if (_distances.Length == 0)
            return;
        Array.Fill(_distances, double.PositiveInfinity);
        Array.Fill(_slots, int.MaxValue);
        var search = new Search(this, point, self);
        NearLeaves.Visit(_tree, point, ref search);
        Sort();
    }

    /// <summary>Takes the place of the farthest one; the later of two equally far ones goes first, so the walk's order decides nothing.</summary>
    private void Replace(double distance, int slot)
    {
        var distances = _distances;
        if (distance == distances[0] && slot > _slots[0])
            return;
        SiftDown(distance, slot, distances.Length);
    }

    private void SiftDown(double distance, int slot, int count)
    {
        var distances = _distances.AsSpan(0, count);
        var slots = _slots.AsSpan(0, count);
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= distances.Length)
                break;
            if (child + 1 < distances.Length && Farther(distances[child + 1], slots[child + 1], distances[child], slots[child]))
                child++;
            if (!Farther(distances[child], slots[child], distance, slot))
                break;
            distances[at] = distances[child];
            slots[at] = slots[child];
            at = child;
        }

        distances[at] = distance;
        slots[at] = slot;
    }

    private void Sort()
    {
        for (var count = _distances.Length - 1; count > 0; count--)
        {
            var (distance, slot) = (_distances[count], _slots[count]);
            (_distances[count], _slots[count]) = (_distances[0], _slots[0]);
            SiftDown(distance, slot, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Farther(double distance, int slot, double than, int thanSlot) =>
        distance > than || (distance == than && slot > thanSlot);

    private readonly ref struct Search(Neighbours found, ReadOnlySpan<double> point, int self) : ILeafVisitor
    {
        private readonly ReadOnlySpan<double> _point = point;

        public double Reach => found._distances[0];

        public bool Skips(int node) => false;

        public void Visit(int leaf)
        {
            Span<double> distances = stackalloc double[KdTree.LeafRows];
            found._tree.Measure(leaf, _point, out var a, out var b, out var c, out var d);
            var reach = Vector512.Create(found._distances[0]);
            var near = LaneBits.Of(Vector512.LessThanOrEqual(a, reach), Vector512.LessThanOrEqual(b, reach), Vector512.LessThanOrEqual(c, reach), Vector512.LessThanOrEqual(d, reach));
            near &= found._tree.Occupied(leaf);
            var first = leaf * KdTree.LeafRows;
            if ((uint)(self - first) < KdTree.LeafRows)
                near &= ~(1u << (self - first));
            if (near == 0)
                return;
            a.CopyTo(distances);
            b.CopyTo(distances[KdTree.Lanes..]);
            c.CopyTo(distances[(2 * KdTree.Lanes)..]);
            d.CopyTo(distances[(3 * KdTree.Lanes)..]);
            for (; near != 0; near &= near - 1)
            {
                var lane = BitOperations.TrailingZeroCount(near);
                if (distances[lane] <= found._distances[0])
                    found.Replace(distances[lane], first + lane);
            }
        }
    }
}
