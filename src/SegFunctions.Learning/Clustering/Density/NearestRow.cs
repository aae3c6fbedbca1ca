using System.Numerics;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Looks for the nearest row within a reach; the lowest row of the table under the tree among equally near ones.</summary>
internal ref struct NearestRow(KdTree tree, ReadOnlySpan<double> point, double squaredReach) : ILeafVisitor
{
    private readonly ReadOnlySpan<double> _point = point;

    /// <summary>A row of the table under the tree; −1 when none is within reach.</summary>
    public int Row { get; private set; } = -1;

    public double Reach { get; private set; } = squaredReach;

    public readonly bool Skips(int node) => false;

    public void Visit(int leaf)
    {
        tree.Measure(leaf, _point, out var a, out var b, out var c, out var d);
        var reach = Vector512.Create(Reach);
        var near = LaneBits.Of(Vector512.LessThanOrEqual(a, reach), Vector512.LessThanOrEqual(b, reach), Vector512.LessThanOrEqual(c, reach), Vector512.LessThanOrEqual(d, reach));
        near &= tree.Occupied(leaf);
        if (near == 0)
            return;
        Span<double> distances = stackalloc double[KdTree.LeafRows];
        a.CopyTo(distances);
        b.CopyTo(distances[KdTree.Lanes..]);
        c.CopyTo(distances[(2 * KdTree.Lanes)..]);
        d.CopyTo(distances[(3 * KdTree.Lanes)..]);
        for (; near != 0; near &= near - 1)
        {
            var lane = BitOperations.TrailingZeroCount(near);
            var row = tree.Rows[(leaf * KdTree.LeafRows) + lane];
            if (distances[lane] < Reach || (distances[lane] == Reach && (uint)row < (uint)Row))
                (Reach, Row) = (distances[lane], row);
        }
    }
}
