using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// The minimum spanning tree of the mutual reachability max(core(a), core(b), ‖a − b‖) (Campello, Moulavi &amp; Sander 2013), without a
/// matrix: Borůvka's rounds, each looking in the k-d tree for the lightest edge that leaves every part (March, Ram &amp; Gray 2010).
/// </summary>
/// <remarks>
/// Bounds pass between threads while a round runs, so how much is searched depends on chance; what is found does not: an edge as
/// light as the lightest is never passed over, and of several the shortest counts, then the one from the lowest slot to the lowest slot.
/// </remarks>
internal sealed class MutualReachabilityTree
{
    private const int LeavesPerChunk = 8;

    private readonly KdTree _tree;
    private readonly double[] _core;
    private readonly double[] _leastCore;
    private readonly int[] _nearest;
    private readonly int _kept;
    private readonly int[] _parts;
    private readonly int[] _partOfNode;
    private readonly double[] _lightest;
    private readonly double[] _lower;
    private readonly double[] _length;
    private readonly int[] _partner;
    private readonly int _chunks;
    private readonly Scratch<LeafEdges> _scratch;
    private readonly Bounds _bounds;
    private readonly Searches _searches;

    private MutualReachabilityTree(KdTree tree, double[] core, int[] nearest, int kept)
    {
        _tree = tree;
        _core = core;
        _leastCore = new double[tree.Nodes];
        _nearest = nearest;
        _kept = kept;
        _parts = new int[tree.Slots];
        _partOfNode = new int[tree.Nodes];
        _lightest = new double[tree.Slots];
        _lower = new double[tree.Slots];
        _length = new double[tree.Slots];
        _partner = new int[tree.Slots];
        _chunks = ((tree.Leaves - 1) / LeavesPerChunk) + 1;
        FindLeastCore(tree.Root);
        var rows = new EdgeSearch(tree, core, _leastCore, _parts, _partOfNode);
        _scratch = new Scratch<LeafEdges>(() => new LeafEdges(rows));
        _bounds = new Bounds(this);
        _searches = new Searches(this);
    }

    /// <param name="core">Squared core distance of every slot.</param>
    /// <param name="nearest">Shape (rows × kept): slots no farther than the row's core distance, −1 where there are no more; a first guess.</param>
    /// <param name="found">Told now and then how many edges are found.</param>
    /// <returns>rows − 1 edges between slots.</returns>
    public static SpanningEdges Of(KdTree tree, double[] core, int[] nearest, int kept, ChunkTeam team, Action<int>? found = null) =>
        new MutualReachabilityTree(tree, core, nearest, kept).Grow(team, found);

    /// <summary>The lightest edge that leaves each of the given parts, or an infinite weight where there is but one part.</summary>
    /// <param name="parts">The part of every slot: the number of a slot, the same for all slots of the part.</param>
    /// <returns>For every slot that names a part the squared weight.</returns>
    public static double[] Leaving(KdTree tree, double[] core, int[] parts, ChunkTeam team)
    {
        var round = new MutualReachabilityTree(tree, core, [], 0);
        parts.CopyTo(round._parts, 0);
        round.FindPartOfNode(tree.Root);
        Array.Fill(round._partner, -1);
        round.Search(team);
        return round._lightest;
    }

    private SpanningEdges Grow(ChunkTeam team, Action<int>? found)
    {
        var (from, to, squared) = (new int[_tree.Count - 1], new int[_tree.Count - 1], new double[_tree.Count - 1]);
        var edges = 0;
        var sets = new DisjointSets(_tree.Count);
        var winners = new int[_tree.Count];
        for (var slot = 0; slot < _parts.Length; slot++)
            _parts[slot] = slot < _tree.Count ? slot : -2;
        Array.Fill(_partOfNode, -1);
        team.Run(new FirstGuess(this), _chunks);
        while (true)
        {
            Search(team);
            Array.Fill(winners, -1);
            for (var slot = 0; slot < _tree.Count; slot++)
            {
                ref var winner = ref winners[_parts[slot]];
                if (_partner[slot] >= 0 && _lower[slot] == _lightest[_parts[slot]] && (winner < 0 || _length[slot] < _length[winner]))
                    winner = slot;
            }

            foreach (var slot in winners)
            {
                if (slot < 0 || !sets.Join(slot, _partner[slot]))
                    continue;
                (from[edges], to[edges], squared[edges]) = (slot, _partner[slot], _lower[slot]);
                edges++;
            }

            found?.Invoke(edges);
            if (edges == _tree.Count - 1)
                return new SpanningEdges(from, to, squared);
            for (var slot = 0; slot < _tree.Count; slot++)
                _parts[slot] = sets.Of(slot);
            FindPartOfNode(_tree.Root);
        }
    }

    private void Search(ChunkTeam team)
    {
        Array.Fill(_lightest, double.PositiveInfinity);
        team.Run(_bounds, _chunks);
        team.Run(_searches, _chunks);
    }

    private double FindLeastCore(KdNode node)
    {
        var least = double.PositiveInfinity;
        if (node.IsLeaf)
        {
            var first = node.FirstLeaf * KdTree.LeafRows;
            foreach (var core in _core.AsSpan(first, _tree.RowsIn(node.FirstLeaf)))
                least = Math.Min(least, core);
        }
        else
        {
            least = Math.Min(FindLeastCore(node.Left), FindLeastCore(node.Right));
        }

        return _leastCore[node.Index] = least;
    }

    private int FindPartOfNode(KdNode node)
    {
        int part;
        if (node.IsLeaf)
        {
            var parts = _parts.AsSpan(node.FirstLeaf * KdTree.LeafRows, _tree.RowsIn(node.FirstLeaf));
            part = parts.ContainsAnyExcept(parts[0]) ? -1 : parts[0];
        }
        else
        {
            part = FindPartOfNode(node.Left);
            if (FindPartOfNode(node.Right) != part)
                part = -1;
        }

        return _partOfNode[node.Index] = part;
    }

    /// <summary>Rows of a chunk, first and past the last.</summary>
    private (int Start, int End) Slots(int chunk) =>
        (chunk * LeavesPerChunk * KdTree.LeafRows, Math.Min(_tree.Count, (chunk + 1) * LeavesPerChunk * KdTree.LeafRows));

    /// <summary>Lowers the lightest known weight of a part, whoever else does so at the same time.</summary>
    private void Lower(int part, double weight)
    {
        ref var known = ref _lightest[part];
        var seen = Volatile.Read(ref known);
        while (weight < seen)
        {
            var before = Interlocked.CompareExchange(ref known, weight, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    /// <summary>The lightest weight of a kept neighbour in another part. Their distance is within the core distance, so cores decide alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double OfKept(int slot, int part)
    {
        var least = double.PositiveInfinity;
        foreach (var other in _nearest.AsSpan(slot * _kept, _kept))
        {
            if (other < 0 || least <= _core[slot])
                break;
            if (_parts[other] != part)
                least = Math.Min(least, _core[other]);
        }

        return Math.Max(least, _core[slot]);
    }

    /// <summary>No edge of a row is lighter than its core distance: the nearest kept neighbour that reaches it needs no search.</summary>
    private sealed class FirstGuess(MutualReachabilityTree tree) : IChunkWork
    {
        public void Run(int chunk)
        {
            var (start, end) = tree.Slots(chunk);
            for (var slot = start; slot < end; slot++)
            {
                tree._lower[slot] = tree._core[slot];
                tree._partner[slot] = -1;
                for (var i = 0; i < tree._kept && tree._nearest[(slot * tree._kept) + i] >= 0; i++)
                {
                    var other = tree._nearest[(slot * tree._kept) + i];
                    if (tree._core[other] > tree._core[slot])
                        continue;
                    tree._partner[slot] = other;
                    tree._length[slot] = tree._tree.Squared(slot, other);
                    break;
                }
            }
        }
    }

    /// <summary>Drops partners that have come into the row's own part, and takes from the others and the kept neighbours what bounds the search.</summary>
    private sealed class Bounds(MutualReachabilityTree tree) : IChunkWork
    {
        public void Run(int chunk)
        {
            var (start, end) = tree.Slots(chunk);
            for (var slot = start; slot < end; slot++)
            {
                var part = tree._parts[slot];
                if (tree._partner[slot] >= 0 && tree._parts[tree._partner[slot]] == part)
                    tree._partner[slot] = -1;
                var weight = tree._partner[slot] >= 0 ? tree._lower[slot] : double.PositiveInfinity;
                if (tree._partner[slot] < 0 && tree._core[slot] < tree._lightest[part])
                    weight = tree.OfKept(slot, part);
                tree.Lower(part, weight);
            }
        }
    }

    private sealed class Searches(MutualReachabilityTree tree) : IChunkWork
    {
        public void Run(int chunk)
        {
            var edges = tree._scratch.Borrow();
            for (var leaf = chunk * LeavesPerChunk; leaf < Math.Min(tree._tree.Leaves, (chunk + 1) * LeavesPerChunk); leaf++)
            {
                var open = Open(leaf);
                if (open != 0)
                    edges.Begin(leaf);
                for (var first = leaf * KdTree.LeafRows; open != 0;)
                {
                    var part = tree._parts[first + BitOperations.TrailingZeroCount(open)];
                    var together = open & edges.Rows.InPart(leaf, part);
                    Search(edges, leaf, together, part);
                    open &= ~together;
                }
            }

            tree._scratch.Return(edges);
        }

        /// <summary>Rows that know no edge but may have one as light as the lightest that is known to leave their part.</summary>
        private uint Open(int leaf)
        {
            var open = 0u;
            var first = leaf * KdTree.LeafRows;
            for (var lane = 0; lane < tree._tree.RowsIn(leaf); lane++)
            {
                if (tree._partner[first + lane] < 0 && tree._lower[first + lane] <= Volatile.Read(ref tree._lightest[tree._parts[first + lane]]))
                    open |= 1u << lane;
            }

            return open;
        }

        private void Search(LeafEdges edges, int leaf, uint lanes, int part)
        {
            edges.Find(leaf, lanes, part, Volatile.Read(ref tree._lightest[part]));
            for (; lanes != 0; lanes &= lanes - 1)
            {
                var lane = BitOperations.TrailingZeroCount(lanes);
                var slot = (leaf * KdTree.LeafRows) + lane;
                var found = edges.Lightest[lane];
                if (found.To >= 0 && found.Weight <= edges.Limit)
                    (tree._partner[slot], tree._lower[slot], tree._length[slot]) = (found.To, found.Weight, found.Length);
                else
                    tree._lower[slot] = Math.BitIncrement(edges.Limit);
            }

            tree.Lower(part, edges.Limit);
        }
    }
}
