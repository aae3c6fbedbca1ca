using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Looks for the lightest edge of mutual reachability from one row to any row of another part; among equally light ones the one to the lowest slot.</summary>
internal ref struct LightestEdge : ILeafVisitor
{
    private readonly KdTree _tree;
    private readonly ReadOnlySpan<double> _point;
    private readonly double[] _core;
    private readonly double[] _leastCore;
    private readonly int[] _parts;
    private readonly int[] _partOfNode;
    private readonly double _ownCore;
    private readonly int _ownPart;

    /// <param name="core">Squared core distance of every slot.</param>
    /// <param name="leastCore">The least of them below every node.</param>
    /// <param name="parts">The part every slot belongs to.</param>
    /// <param name="partOfNode">The part that all rows below a node belong to; −1 where they differ.</param>
    /// <param name="limit">Heavier edges are of no interest.</param>
    public LightestEdge(KdTree tree, ReadOnlySpan<double> point, double ownCore, int ownPart, double[] core, double[] leastCore, int[] parts, int[] partOfNode, double limit)
    {
        _tree = tree;
        _point = point;
        _ownCore = ownCore;
        _ownPart = ownPart;
        _core = core;
        _leastCore = leastCore;
        _parts = parts;
        _partOfNode = partOfNode;
        Weight = limit;
        To = -1;
    }

    /// <summary>The lightest weight found, squared; the limit while <see cref="To"/> is −1.</summary>
    public double Weight { get; private set; }

    public int To { get; private set; }

    public readonly double Reach => Weight;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Skips(int node) => _partOfNode[node] == _ownPart || _leastCore[node] > Weight;

    public void Visit(int leaf)
    {
        _tree.Measure(leaf, _point, out var a, out var b, out var c, out var d);
        var first = leaf * KdTree.LeafRows;
        ref var core = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_core), first);
        var own = Vector512.Create(_ownCore);
        a = Vector512.Max(Vector512.Max(a, Vector512.LoadUnsafe(ref core)), own);
        b = Vector512.Max(Vector512.Max(b, Vector512.LoadUnsafe(ref core, KdTree.Lanes)), own);
        c = Vector512.Max(Vector512.Max(c, Vector512.LoadUnsafe(ref core, 2 * KdTree.Lanes)), own);
        d = Vector512.Max(Vector512.Max(d, Vector512.LoadUnsafe(ref core, 3 * KdTree.Lanes)), own);
        var limit = Vector512.Create(Weight);
        var light = LaneBits.Of(Vector512.LessThanOrEqual(a, limit), Vector512.LessThanOrEqual(b, limit), Vector512.LessThanOrEqual(c, limit), Vector512.LessThanOrEqual(d, limit));
        light &= _tree.Occupied(leaf) & ~InOwnPart(first);
        if (light == 0)
            return;
        Span<double> weights = stackalloc double[KdTree.LeafRows];
        a.CopyTo(weights);
        b.CopyTo(weights[KdTree.Lanes..]);
        c.CopyTo(weights[(2 * KdTree.Lanes)..]);
        d.CopyTo(weights[(3 * KdTree.Lanes)..]);
        for (; light != 0; light &= light - 1)
        {
            var lane = BitOperations.TrailingZeroCount(light);
            if (weights[lane] < Weight || (weights[lane] == Weight && (uint)(first + lane) < (uint)To))
                (Weight, To) = (weights[lane], first + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint InOwnPart(int first)
    {
        ref var parts = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_parts), first);
        var own = Vector512.Create(_ownPart);
        return (uint)Vector512.Equals(Vector512.LoadUnsafe(ref parts), own).ExtractMostSignificantBits()
            | ((uint)Vector512.Equals(Vector512.LoadUnsafe(ref parts, 2 * KdTree.Lanes), own).ExtractMostSignificantBits() << (2 * KdTree.Lanes));
    }
}
