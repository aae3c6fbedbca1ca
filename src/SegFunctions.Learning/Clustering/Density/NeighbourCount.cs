using System.Numerics;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Whether each slot has enough rows within reach, itself and its doubles counted; counting stops as soon as it has.</summary>
internal sealed class NeighbourCount(KdTree tree, int[] counts, double squaredReach, int enough) : IChunkWork
{
    private const int LeavesPerChunk = 16;

    /// <summary>How often the row of every slot occurs, 0 for empty slots.</summary>
    private readonly int[] _counts = OfSlots(tree, counts);

    /// <summary>Whether the row of each slot has enough neighbours.</summary>
    public bool[] Enough { get; } = new bool[tree.Count];

    public void Run(ChunkTeam team) => team.Run(this, ((tree.Leaves - 1) / LeavesPerChunk) + 1);

    public void Run(int chunk)
    {
        Span<double> point = tree.Columns <= 64 ? stackalloc double[tree.Columns] : new double[tree.Columns];
        var end = Math.Min(tree.Count, (chunk + 1) * LeavesPerChunk * KdTree.LeafRows);
        for (var slot = chunk * LeavesPerChunk * KdTree.LeafRows; slot < end; slot++)
        {
            tree.CopyRow(slot, point);
            var search = new Search(this, point);
            NearLeaves.Visit(tree, point, ref search);
            Enough[slot] = search.Found >= enough;
        }
    }

    private static int[] OfSlots(KdTree tree, int[] counts)
    {
        var ofSlots = new int[tree.Slots];
        for (var slot = 0; slot < tree.Count; slot++)
            ofSlots[slot] = counts[tree.Rows[slot]];
        return ofSlots;
    }

    private ref struct Search(NeighbourCount work, ReadOnlySpan<double> point) : ILeafVisitor
    {
        private readonly ReadOnlySpan<double> _point = point;

        public int Found { get; private set; }

        public double Reach { get; private set; } = work.SquaredReach;

        public readonly bool Skips(int node) => false;

        public void Visit(int leaf)
        {
            work.Tree.Measure(leaf, _point, out var a, out var b, out var c, out var d);
            var reach = Vector512.Create(work.SquaredReach);
            var near = LaneBits.Of(Vector512.LessThanOrEqual(a, reach), Vector512.LessThanOrEqual(b, reach), Vector512.LessThanOrEqual(c, reach), Vector512.LessThanOrEqual(d, reach));
            for (; near != 0; near &= near - 1)
                Found += work._counts[(leaf * KdTree.LeafRows) + BitOperations.TrailingZeroCount(near)];
            if (Found >= work.EnoughRows)
                Reach = -1;
        }
    }

    private KdTree Tree => tree;

    private double SquaredReach => squaredReach;

    private int EnoughRows => enough;
}
