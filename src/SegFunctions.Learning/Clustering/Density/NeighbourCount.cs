using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Whether each slot has enough rows within reach, itself and its doubles counted; counting stops as soon as it has.</summary>
internal sealed class NeighbourCount : IChunkWork
{
    private const int LeavesPerChunk = 16;

    private readonly KdTree _tree;
    private readonly double _squaredReach;
    private readonly int _enough;
    private readonly Scratch<Counting> _scratch;

    /// <summary>How often the row of every slot occurs, 0 for empty slots.</summary>
    private readonly int[] _counts;

    private readonly bool _hasDoubles;

    /// <param name="counts">How often each row of the table under the tree occurs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public NeighbourCount(KdTree tree, int[] counts, double squaredReach, int enough)
    {
        _tree = tree;
        _squaredReach = squaredReach;
        _enough = enough;
        _scratch = new Scratch<Counting>(() => new Counting(tree.Columns));
        _counts = new int[tree.Slots];
        for (var slot = 0; slot < tree.Count; slot++)
            _counts[slot] = counts[tree.Rows[slot]];
        _hasDoubles = counts.AsSpan().ContainsAnyExcept(1);
        Enough = new bool[tree.Count];
    }

    /// <summary>Whether the row of each slot has enough neighbours.</summary>
    public bool[] Enough { get; }

    public void Run(ChunkTeam team) => team.Run(this, ((_tree.Leaves - 1) / LeavesPerChunk) + 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        var counting = _scratch.Borrow();
        for (var leaf = chunk * LeavesPerChunk; leaf < Math.Min(_tree.Leaves, (chunk + 1) * LeavesPerChunk); leaf++)
        {
            _tree.CopyRows(leaf, counting.Points);
            Array.Clear(counting.Found);
            counting.Open = _tree.Occupied(leaf);
            var search = new Search(this, counting, leaf);
            NearLeaves.AroundLeaf(_tree, leaf, ref search);
            for (var lane = 0; lane < _tree.RowsIn(leaf); lane++)
                Enough[(leaf * KdTree.LeafRows) + lane] = counting.Found[lane] >= _enough;
        }

        _scratch.Return(counting);
    }

    /// <summary>The rows of a leaf being counted for.</summary>
    private sealed class Counting(int columns)
    {
        public double[] Points { get; } = new double[KdTree.LeafRows * columns];

        public int[] Found { get; } = new int[KdTree.LeafRows];

        /// <summary>One bit for each row that has not found enough.</summary>
        public uint Open { get; set; }
    }

    private readonly struct Search(NeighbourCount work, Counting counting, int from) : ILeafVisitor
    {
        public double Reach => counting.Open == 0 ? -1 : work._squaredReach;

        public bool Skips(int node) => false;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Visit(KdNode leaf)
        {
            var tree = work._tree;
            for (var lanes = counting.Open & tree.LanesWithin(from, leaf.Index, work._squaredReach); lanes != 0; lanes &= lanes - 1)
            {
                var lane = BitOperations.TrailingZeroCount(lanes);
                tree.Measure(leaf.FirstLeaf, counting.Points.AsSpan(lane * tree.Columns, tree.Columns), out var a, out var b, out var c, out var d);
                var near = LaneBits.AtMost(work._squaredReach, a, b, c, d) & tree.Occupied(leaf.FirstLeaf);
                counting.Found[lane] += work._hasDoubles ? work.Weight(leaf.FirstLeaf, near) : BitOperations.PopCount(near);
                if (counting.Found[lane] >= work._enough)
                    counting.Open &= ~(1u << lane);
            }
        }
    }

    private int Weight(int leaf, uint slots)
    {
        var weight = 0;
        for (; slots != 0; slots &= slots - 1)
            weight += _counts[(leaf * KdTree.LeafRows) + BitOperations.TrailingZeroCount(slots)];
        return weight;
    }
}
