using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>
/// A balanced k-d tree (Bentley 1975; widest side split at the median) over rows copied into leaves of <see cref="LeafRows"/>,
/// each leaf column by column, so that a leaf is measured in a few SIMD steps. Immutable. Where rows lie in the leaves is a <i>slot</i>; all
/// leaves are full but the last, so slots count from 0 without gaps.
/// </summary>
/// <remarks>
/// Bounds and distances add the columns in the same order with fused multiply-adds, and every step is monotone: the bound of a
/// box never exceeds, not by a bit, the distance computed to a row in it.
/// In many columns boxes stop to tell rows apart and every leaf is visited: then a search is a blocked scan of all rows, 32 against 32, and the boxes cost
/// a small part of it. Measured against searches from single rows, walks from whole leaves took 0.8 s of processor instead of 1.4 s for the HDBSCAN* of
/// 50,000 × 8 and 2.3 s instead of 4.4 s for 40,000 × 16, and were not slower in 2 columns: so there is one way for every width.
/// </remarks>
internal sealed class KdTree
{
    public const int LeafRows = 32;
    public const int Lanes = 8;

    /// <summary>More than the depth of a tree over 2³¹ rows.</summary>
    public const int DeepestPath = 40;

    private readonly double[] _blocks;
    private readonly double[] _boxes;
    private readonly int[] _nodeOfLeaf;

    private KdTree(int count, int columns)
    {
        Count = count;
        Columns = columns;
        Leaves = (count + LeafRows - 1) / LeafRows;
        Rows = new int[count];
        _blocks = new double[(long)Leaves * LeafRows * columns];
        _boxes = new double[2L * Nodes * columns];
        _nodeOfLeaf = new int[Leaves];
    }

    /// <summary>Rows in the tree, 1 or more.</summary>
    public int Count { get; }

    public int Columns { get; }

    public int Leaves { get; }

    public int Nodes => (2 * Leaves) - 1;

    /// <summary>Slots of all leaves, the empty ones of the last leaf included: the length of what holds one value a slot.</summary>
    public int Slots => Leaves * LeafRows;

    /// <summary>For every slot the row of the table that lies there.</summary>
    public int[] Rows { get; }

    public KdNode Root => new(0, 0, Leaves);

    /// <param name="values">Shape (count × columns).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static KdTree Over(ReadOnlySpan<double> values, int columns)
    {
        var tree = new KdTree(values.Length / columns, columns);
        for (var row = 0; row < tree.Count; row++)
            tree.Rows[row] = row;
        tree.Build(tree.Root, values, new double[tree.Count]);
        return tree;
    }

    /// <summary>Slots of a leaf, at most <see cref="LeafRows"/>.</summary>
    public int RowsIn(int leaf) => Math.Min(LeafRows, Count - (leaf * LeafRows));

    /// <summary>One bit for each slot of a leaf that holds a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Occupied(int leaf) => leaf < Leaves - 1 ? uint.MaxValue : uint.MaxValue >> (LeafRows - RowsIn(leaf));

    public int NodeOfLeaf(int leaf) => _nodeOfLeaf[leaf];

    /// <summary>All rows of a leaf, row after row; for an empty slot infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRows(int leaf, Span<double> points)
    {
        for (var lane = 0; lane < LeafRows; lane++)
            CopyRow((leaf * LeafRows) + lane, points.Slice(lane * Columns, Columns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyRow(int slot, Span<double> point)
    {
        var at = (slot / LeafRows * LeafRows * Columns) + (slot % LeafRows);
        for (var column = 0; column < point.Length; column++, at += LeafRows)
            point[column] = _blocks[at];
    }

    /// <summary>Squared distance between the rows of two slots, to the bit what <see cref="Measure"/> finds.</summary>
    public double Squared(int slot, int other)
    {
        var at = (slot / LeafRows * LeafRows * Columns) + (slot % LeafRows);
        var otherAt = (other / LeafRows * LeafRows * Columns) + (other % LeafRows);
        var sum = 0.0;
        for (var column = 0; column < Columns; column++, at += LeafRows, otherAt += LeafRows)
            sum = Math.FusedMultiplyAdd(_blocks[otherAt] - _blocks[at], _blocks[otherAt] - _blocks[at], sum);
        return sum;
    }

    /// <summary>Squared distances from a point to the rows of a leaf; +∞ where a slot is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Measure(int leaf, ReadOnlySpan<double> point, out Vector512<double> first, out Vector512<double> second, out Vector512<double> third, out Vector512<double> fourth)
    {
        ref var block = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_blocks), (nint)leaf * LeafRows * Columns);
        first = second = third = fourth = Vector512<double>.Zero;
        for (var column = 0; column < point.Length; column++)
        {
            var value = Vector512.Create(point[column]);
            var a = Vector512.LoadUnsafe(ref block) - value;
            var b = Vector512.LoadUnsafe(ref block, Lanes) - value;
            var c = Vector512.LoadUnsafe(ref block, 2 * Lanes) - value;
            var d = Vector512.LoadUnsafe(ref block, 3 * Lanes) - value;
            first = Vector512.FusedMultiplyAdd(a, a, first);
            second = Vector512.FusedMultiplyAdd(b, b, second);
            third = Vector512.FusedMultiplyAdd(c, c, third);
            fourth = Vector512.FusedMultiplyAdd(d, d, fourth);
            block = ref Unsafe.Add(ref block, LeafRows);
        }
    }

    /// <summary>Squared distance from a point to the box of a node; 0 inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Bound(int node, ReadOnlySpan<double> point)
    {
        ref var low = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_boxes), (nint)node * 2 * Columns);
        ref var high = ref Unsafe.Add(ref low, Columns);
        var sum = 0.0;
        for (var column = 0; column < point.Length; column++)
        {
            var value = point[column];
            var outside = Math.Max(Math.Max(Unsafe.Add(ref low, column) - value, value - Unsafe.Add(ref high, column)), 0);
            sum = Math.FusedMultiplyAdd(outside, outside, sum);
        }

        return sum;
    }

    /// <summary>One bit for every row of a leaf whose squared distance to the box of a node is at most its reach.</summary>
    public uint LanesWithin(int leaf, int node, ReadOnlySpan<double> reaches)
    {
        Bounds(leaf, node, out var a, out var b, out var c, out var d);
        return LaneBits.Of(
            Vector512.LessThanOrEqual(a, Vector512.Create(reaches)),
            Vector512.LessThanOrEqual(b, Vector512.Create(reaches[Lanes..])),
            Vector512.LessThanOrEqual(c, Vector512.Create(reaches[(2 * Lanes)..])),
            Vector512.LessThanOrEqual(d, Vector512.Create(reaches[(3 * Lanes)..])));
    }

    /// <summary>One bit for every row of a leaf whose squared distance to the box of a node is at most the reach.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public uint LanesWithin(int leaf, int node, double reach)
    {
        Bounds(leaf, node, out var a, out var b, out var c, out var d);
        return LaneBits.AtMost(reach, a, b, c, d);
    }

    /// <summary>Squared distance between the boxes of two nodes; 0 where they meet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Bound(int node, int other)
    {
        var box = Box(node);
        var otherBox = Box(other);
        var sum = 0.0;
        for (var column = 0; column < Columns; column++)
        {
            var outside = Math.Max(Math.Max(box[column] - otherBox[Columns + column], otherBox[column] - box[Columns + column]), 0);
            sum = Math.FusedMultiplyAdd(outside, outside, sum);
        }

        return sum;
    }

    /// <summary>The squared distance that no two rows in the two nodes exceed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Span(int node, int other)
    {
        var box = Box(node);
        var otherBox = Box(other);
        var sum = 0.0;
        for (var column = 0; column < Columns; column++)
        {
            var apart = Math.Max(box[Columns + column] - otherBox[column], otherBox[Columns + column] - box[column]);
            sum = Math.FusedMultiplyAdd(apart, apart, sum);
        }

        return sum;
    }

    /// <summary>Squared distances from the rows of a leaf to the box of a node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Bounds(int leaf, int node, out Vector512<double> first, out Vector512<double> second, out Vector512<double> third, out Vector512<double> fourth)
    {
        ref var block = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_blocks), (nint)leaf * LeafRows * Columns);
        ref var box = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_boxes), (nint)node * 2 * Columns);
        first = second = third = fourth = Vector512<double>.Zero;
        for (var column = 0; column < Columns; column++)
        {
            var low = Vector512.Create(Unsafe.Add(ref box, column));
            var high = Vector512.Create(Unsafe.Add(ref box, Columns + column));
            first = Outside(Vector512.LoadUnsafe(ref block), low, high, first);
            second = Outside(Vector512.LoadUnsafe(ref block, Lanes), low, high, second);
            third = Outside(Vector512.LoadUnsafe(ref block, 2 * Lanes), low, high, third);
            fourth = Outside(Vector512.LoadUnsafe(ref block, 3 * Lanes), low, high, fourth);
            block = ref Unsafe.Add(ref block, LeafRows);
        }

        static Vector512<double> Outside(Vector512<double> value, Vector512<double> low, Vector512<double> high, Vector512<double> sum)
        {
            var outside = Vector512.Max(Vector512.Max(low - value, value - high), Vector512<double>.Zero);
            return Vector512.FusedMultiplyAdd(outside, outside, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<double> Box(int node) => _boxes.AsSpan(node * 2 * Columns, 2 * Columns);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Build(KdNode node, ReadOnlySpan<double> values, double[] keys)
    {
        var start = node.FirstLeaf * LeafRows;
        var rows = Rows.AsSpan(start, Math.Min(node.Leaves * LeafRows, Count - start));
        Surround(rows, values, Box(node.Index));
        if (node.IsLeaf)
        {
            _nodeOfLeaf[node.FirstLeaf] = node.Index;
            Fill(node.FirstLeaf, rows, values);
            return;
        }

        var widest = Widest(Box(node.Index));
        var ofRows = keys.AsSpan(start, rows.Length);
        for (var i = 0; i < rows.Length; i++)
            ofRows[i] = values[(rows[i] * Columns) + widest];
        Selection.Split(ofRows, rows, node.Left.Leaves * LeafRows);
        Build(node.Left, values, keys);
        Build(node.Right, values, keys);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Surround(ReadOnlySpan<int> rows, ReadOnlySpan<double> values, Span<double> box)
    {
        var low = box[..Columns];
        var high = box[Columns..];
        values.Slice(rows[0] * Columns, Columns).CopyTo(low);
        low.CopyTo(high);
        foreach (var row in rows[1..])
        {
            var of = values.Slice(row * Columns, Columns);
            for (var column = 0; column < of.Length; column++)
            {
                low[column] = Math.Min(low[column], of[column]);
                high[column] = Math.Max(high[column], of[column]);
            }
        }
    }

    private int Widest(ReadOnlySpan<double> box)
    {
        var widest = 0;
        for (var column = 1; column < Columns; column++)
        {
            if (box[Columns + column] - box[column] > box[Columns + widest] - box[widest])
                widest = column;
        }

        return widest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(int leaf, ReadOnlySpan<int> rows, ReadOnlySpan<double> values)
    {
        var block = _blocks.AsSpan(leaf * LeafRows * Columns, LeafRows * Columns);
        block.Fill(double.PositiveInfinity);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var column = 0; column < Columns; column++)
                block[(column * LeafRows) + i] = values[(rows[i] * Columns) + column];
        }
    }
}
