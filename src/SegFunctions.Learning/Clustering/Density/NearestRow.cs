using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Looks for the nearest row within a reach; the lowest row of the table under the tree among equally near ones.</summary>
internal ref struct NearestRow(KdTree tree, ReadOnlySpan<double> point, double squaredReach) : ILeafVisitor
{
    private readonly ReadOnlySpan<double> _point = point;

    /// <summary>A row of the table under the tree; −1 when none is within reach.</summary>
    public int Row { get; private set; } = -1;

    public double Reach { get; private set; } = squaredReach;

    public readonly bool Skips(int node) => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Visit(KdNode leaf)
    {
        tree.Measure(leaf.FirstLeaf, _point, out var a, out var b, out var c, out var d);
        var near = LaneBits.AtMost(Reach, a, b, c, d) & tree.Occupied(leaf.FirstLeaf);
        if (near == 0)
            return;
        Span<double> distances = stackalloc double[KdTree.LeafRows];
        LaneBits.Store(distances, a, b, c, d);
        for (; near != 0; near &= near - 1)
        {
            var lane = BitOperations.TrailingZeroCount(near);
            var row = tree.Rows[(leaf.FirstLeaf * KdTree.LeafRows) + lane];
            if (distances[lane] < Reach || (distances[lane] == Reach && (uint)row < (uint)Row))
                (Reach, Row) = (distances[lane], row);
        }
    }
}
