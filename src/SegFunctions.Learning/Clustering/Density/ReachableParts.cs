using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// Joins all rows of a tree that are linked by steps within a reach. Walks pairs of nodes: pairs too far apart or known to be in one
/// part are passed over, pairs that no distance exceeds are joined whole, and only what is left is measured.
/// </summary>
internal sealed class ReachableParts
{
    private readonly KdTree _tree;
    private readonly double _reach;
    private readonly DisjointSets _sets;

    /// <summary>For every node whether its rows are known to be in one part: that stays true.</summary>
    private readonly bool[] _joined;

    private readonly double[] _point;

    private ReachableParts(KdTree tree, double squaredReach)
    {
        _tree = tree;
        _reach = squaredReach;
        _sets = new DisjointSets(tree.Count);
        _joined = new bool[tree.Nodes];
        _point = new double[tree.Columns];
    }

    /// <returns>For every slot the lowest slot of its part.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Of(KdTree tree, double squaredReach, CancellationToken cancellationToken)
    {
        var parts = new ReachableParts(tree, squaredReach);
        parts.Within(tree.Root, cancellationToken);
        var of = new int[tree.Count];
        for (var slot = 0; slot < of.Length; slot++)
            of[slot] = parts._sets.Of(slot);
        return of;
    }

    private static int First(KdNode node) => node.FirstLeaf * KdTree.LeafRows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Within(KdNode node, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_tree.Span(node.Index, node.Index) <= _reach)
        {
            Join(node);
        }
        else if (node.IsLeaf)
        {
            Measure(node.FirstLeaf, node.FirstLeaf);
            _joined[node.Index] = IsOnePart(node.FirstLeaf);
        }
        else
        {
            Within(node.Left, cancellationToken);
            Within(node.Right, cancellationToken);
            Between(node.Left, node.Right);
            _joined[node.Index] = _joined[node.Left.Index] && _joined[node.Right.Index] && _sets.Of(First(node.Left)) == _sets.Of(First(node.Right));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Between(KdNode a, KdNode b)
    {
        if (_tree.Bound(a.Index, b.Index) > _reach || (_joined[a.Index] && _joined[b.Index] && _sets.Of(First(a)) == _sets.Of(First(b))))
            return;
        if (_joined[a.Index] && _joined[b.Index] && _tree.Span(a.Index, b.Index) <= _reach)
        {
            _sets.Join(First(a), First(b));
        }
        else if (a.IsLeaf && b.IsLeaf)
        {
            Measure(a.FirstLeaf, b.FirstLeaf);
            _joined[a.Index] = _joined[a.Index] || IsOnePart(a.FirstLeaf);
            _joined[b.Index] = _joined[b.Index] || IsOnePart(b.FirstLeaf);
        }
        else if (b.IsLeaf || (!a.IsLeaf && a.Leaves >= b.Leaves))
        {
            Between(a.Left, b);
            Between(a.Right, b);
        }
        else
        {
            Between(a, b.Left);
            Between(a, b.Right);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Join(KdNode node)
    {
        _joined.AsSpan(node.Index, (2 * node.Leaves) - 1).Fill(true);
        var end = Math.Min(_tree.Count, (node.FirstLeaf + node.Leaves) * KdTree.LeafRows);
        for (var slot = First(node) + 1; slot < end; slot++)
            _sets.Join(First(node), slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int leaf, int other)
    {
        var (start, otherStart) = (leaf * KdTree.LeafRows, other * KdTree.LeafRows);
        for (var slot = start; slot < start + _tree.RowsIn(leaf); slot++)
        {
            _tree.CopyRow(slot, _point);
            _tree.Measure(other, _point, out var a, out var b, out var c, out var d);
            for (var near = LaneBits.AtMost(_reach, a, b, c, d) & _tree.Occupied(other); near != 0; near &= near - 1)
                _sets.Join(slot, otherStart + BitOperations.TrailingZeroCount(near));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsOnePart(int leaf)
    {
        var start = leaf * KdTree.LeafRows;
        var part = _sets.Of(start);
        for (var slot = start + 1; slot < start + _tree.RowsIn(leaf); slot++)
        {
            if (_sets.Of(slot) != part)
                return false;
        }

        return true;
    }
}
