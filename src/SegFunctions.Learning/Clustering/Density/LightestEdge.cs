using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>What the search for light edges knows of the rows of a tree.</summary>
/// <param name="Core">Squared core distance of every slot.</param>
/// <param name="LeastCore">The least of them below every node.</param>
/// <param name="Parts">The part every slot belongs to.</param>
/// <param name="PartOfNode">The part that all rows below a node belong to; −1 where they differ.</param>
internal sealed record EdgeSearch(KdTree Tree, double[] Core, double[] LeastCore, int[] Parts, int[] PartOfNode)
{
    /// <summary>
    /// The lightest edge of mutual reachability from a new row, which is of no part: of equally light ones, and there are many, the shortest, then
    /// the one to the lowest slot.
    /// </summary>
    /// <param name="limit">Heavier edges are of no interest.</param>
    public LightestEdge From(ReadOnlySpan<double> point, double core, double limit)
    {
        var search = new PointSearch(this, point, new LightestEdge(limit, double.PositiveInfinity, -1), core);
        NearLeaves.AroundPoint(Tree, point, ref search);
        return search.Lightest;
    }

    /// <summary>One bit for every row of a leaf that is of the part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint InPart(int leaf, int part)
    {
        ref var parts = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Parts), leaf * KdTree.LeafRows);
        var own = Vector512.Create(part);
        return (uint)Vector512.Equals(Vector512.LoadUnsafe(ref parts), own).ExtractMostSignificantBits()
            | ((uint)Vector512.Equals(Vector512.LoadUnsafe(ref parts, 16), own).ExtractMostSignificantBits() << 16);
    }

    /// <summary>One bit for every row of a leaf whose core distance does not exceed the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint CoreAtMost(int leaf, double limit)
    {
        ref var core = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Core), leaf * KdTree.LeafRows);
        return LaneBits.AtMost(limit, Vector512.LoadUnsafe(ref core), Vector512.LoadUnsafe(ref core, 8), Vector512.LoadUnsafe(ref core, 16), Vector512.LoadUnsafe(ref core, 24));
    }

    private ref struct PointSearch(EdgeSearch rows, ReadOnlySpan<double> point, LightestEdge lightest, double core) : ILeafVisitor
    {
        private readonly ReadOnlySpan<double> _point = point;

        public LightestEdge Lightest { get; private set; } = lightest;

        public readonly double Reach => Lightest.Reach(core);

        public readonly bool Skips(int node) => rows.LeastCore[node] > Lightest.Weight;

        public void Visit(KdNode leaf) => Lightest = Lightest.Improved(rows, leaf.FirstLeaf, _point, core, rows.CoreAtMost(leaf.FirstLeaf, Lightest.Weight));
    }
}

/// <summary>The best edge found so far.</summary>
/// <param name="Weight">Squared mutual reachability; the limit of the search while <paramref name="To"/> is −1.</param>
/// <param name="Length">Squared distance to the row found.</param>
/// <param name="To">Its slot.</param>
internal readonly record struct LightestEdge(double Weight, double Length, int To)
{
    /// <summary>No edge is lighter than the row's own core distance; once that is met, only shorter ones are of interest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Reach(double ownCore) => Weight > ownCore ? Weight : Math.Min(Weight, Length);

    /// <summary>The better of this and the best edge to the given rows of a leaf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LightestEdge Improved(EdgeSearch rows, int leaf, ReadOnlySpan<double> point, double ownCore, uint others)
    {
        rows.Tree.Measure(leaf, point, out var a, out var b, out var c, out var d);
        others &= LaneBits.AtMost(Reach(ownCore), a, b, c, d) & rows.Tree.Occupied(leaf);
        return others == 0 ? this : Least(rows.Core, leaf * KdTree.LeafRows, ownCore, others, a, b, c, d);
    }

    private LightestEdge Least(double[] core, int first, double ownCore, uint others, Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        Span<double> lengths = stackalloc double[KdTree.LeafRows];
        LaneBits.Store(lengths, a, b, c, d);
        var least = this;
        for (; others != 0; others &= others - 1)
        {
            var lane = BitOperations.TrailingZeroCount(others);
            var slot = first + lane;
            var weight = Math.Max(Math.Max(lengths[lane], core[slot]), ownCore);
            if (weight < least.Weight || (weight == least.Weight && (lengths[lane] < least.Length || (lengths[lane] == least.Length && (uint)slot < (uint)least.To))))
                least = new LightestEdge(weight, lengths[lane], slot);
        }

        return least;
    }
}
