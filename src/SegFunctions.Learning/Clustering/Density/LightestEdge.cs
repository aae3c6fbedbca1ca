using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// Looks for the lightest edge of mutual reachability from one row to any row of another part; among equally light ones, and there are many, the
/// shortest; among equally short ones the one to the lowest slot.
/// </summary>
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
        Length = double.PositiveInfinity;
        To = -1;
    }

    /// <summary>The lightest weight found, squared; the limit while <see cref="To"/> is −1.</summary>
    public double Weight { get; private set; }

    /// <summary>Squared distance to the row found.</summary>
    public double Length { get; private set; }

    public int To { get; private set; }

    /// <summary>No edge is lighter than the row's own core distance; once that is met, only shorter ones are of interest.</summary>
    public readonly double Reach => Weight > _ownCore ? Weight : Math.Min(Weight, Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Skips(int node) => _partOfNode[node] == _ownPart || _leastCore[node] > Weight;

    public void Visit(int leaf)
    {
        _tree.Measure(leaf, _point, out var a, out var b, out var c, out var d);
        var first = leaf * KdTree.LeafRows;
        ref var core = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_core), first);
        var reach = Vector512.Create(Reach);
        var light = LaneBits.Of(Vector512.LessThanOrEqual(a, reach), Vector512.LessThanOrEqual(b, reach), Vector512.LessThanOrEqual(c, reach), Vector512.LessThanOrEqual(d, reach));
        var limit = Vector512.Create(Weight);
        light &= LaneBits.Of(
            Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref core), limit),
            Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref core, KdTree.Lanes), limit),
            Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref core, 2 * KdTree.Lanes), limit),
            Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref core, 3 * KdTree.Lanes), limit));
        light &= _tree.Occupied(leaf) & ~InOwnPart(first);
        if (light == 0)
            return;
        Span<double> lengths = stackalloc double[KdTree.LeafRows];
        a.CopyTo(lengths);
        b.CopyTo(lengths[KdTree.Lanes..]);
        c.CopyTo(lengths[(2 * KdTree.Lanes)..]);
        d.CopyTo(lengths[(3 * KdTree.Lanes)..]);
        for (; light != 0; light &= light - 1)
        {
            var lane = BitOperations.TrailingZeroCount(light);
            var length = lengths[lane];
            var weight = Math.Max(Math.Max(length, Unsafe.Add(ref core, lane)), _ownCore);
            if (weight < Weight || (weight == Weight && (length < Length || (length == Length && (uint)(first + lane) < (uint)To))))
                (Weight, Length, To) = (weight, length, first + lane);
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
