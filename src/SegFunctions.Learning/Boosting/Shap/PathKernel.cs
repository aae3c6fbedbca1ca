using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Contributions of one tree to eight rows.</summary>
/// <remarks>
/// Shapley values are the integral over t from 0 to 1 of the slope, column by column, of the tree's mean output when every column is known with
/// probability t (Owen, "Multilinear extensions of games", 1972). Down the tree goes the probability of reaching each node, up come the
/// mean outputs; the slope at a node is their product. All of it is polynomial in t, so a few quadrature points give it exactly.
/// </remarks>
internal static class PathKernel
{
    /// <param name="values">One vector a column.</param>
    /// <param name="sums">Contributions to add to, one vector a column.</param>
    public static void Add(PathTree path, ref Vector512<double> values, ref Vector512<double> sums, PathScratch scratch)
    {
        ref var reached = ref scratch.Reached.First;
        for (var point = 0; point < path.Points; point++)
            Unsafe.Add(ref reached, point) = Vector512.Create(path.Weights[point]);
        Descend(path, ref values, ref sums, scratch);
        Ascend(path, ref sums, scratch);
    }

    /// <summary>From the root down: the probabilities of reaching nodes; and all there is to do at nodes that have two leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Descend(PathTree path, ref Vector512<double> values, ref Vector512<double> sums, PathScratch scratch)
    {
        var tree = path.Tree;
        nint points = path.Points;
        ref var known = ref scratch.Known.First;
        ref var reached = ref scratch.Reached.First;
        ref var means = ref scratch.Means.First;
        ref var constants = ref MemoryMarshal.GetArrayDataReference(path.Constants);
        // Nobody reads what reaches a leaf.
        var unread = tree.Nodes.Length;
        foreach (ref readonly var node in tree.Nodes.AsSpan())
        {
            var left = NodeCondition.GoesLeft(tree, node, Unsafe.Add(ref values, node.Feature));
            var before = node.Above < 0 ? Vector512<double>.AllBitsSet : Unsafe.Add(ref scratch.Known.First, node.Above);
            var (ownLeft, ownRight) = (before & left, Vector512.AndNot(before, left));
            known = ownLeft;
            Unsafe.Add(ref known, 1) = ownRight;

            var elsewhere = Vector512.Create(constants);
            ref var ifRight = ref Unsafe.Add(ref constants, 1);
            ref var ifLeft = ref Unsafe.Add(ref ifRight, points);
            if (node.Left < 0 && node.Right < 0)
            {
                ref var slopes = ref Unsafe.Add(ref ifLeft, points);
                var rightLeaf = Vector512.Create(tree.Leaves[~node.Right]);
                var difference = Vector512.Create(tree.Leaves[~node.Left]) - rightLeaf;
                var slope = Vector512<double>.Zero;
                for (nint point = 0; point < points; point++)
                {
                    var share = Share(Unsafe.Add(ref ifLeft, point), Unsafe.Add(ref ifRight, point), ownLeft, ownRight, elsewhere);
                    Unsafe.Add(ref means, point) = Vector512.FusedMultiplyAdd(share, difference, rightLeaf);
                    slope = Vector512.FusedMultiplyAdd(Unsafe.Add(ref reached, point), Vector512.Create(Unsafe.Add(ref slopes, point)), slope);
                }

                AddTo(ref Unsafe.Add(ref sums, node.Feature), ownLeft, ownRight, elsewhere, slope * difference);
            }
            else
            {
                ref var leftReached = ref Unsafe.Add(ref scratch.Reached.First, (node.Left < 0 ? unread : node.Left) * points);
                ref var rightReached = ref Unsafe.Add(ref scratch.Reached.First, (node.Right < 0 ? unread : node.Right) * points);
                for (nint point = 0; point < points; point++)
                {
                    var share = Share(Unsafe.Add(ref ifLeft, point), Unsafe.Add(ref ifRight, point), ownLeft, ownRight, elsewhere);
                    Unsafe.Add(ref means, point) = share;
                    var here = Unsafe.Add(ref reached, point);
                    var below = here * share;
                    Unsafe.Add(ref leftReached, point) = below;
                    Unsafe.Add(ref rightReached, point) = here - below;
                }
            }

            known = ref Unsafe.Add(ref known, 2);
            reached = ref Unsafe.Add(ref reached, points);
            means = ref Unsafe.Add(ref means, points);
            constants = ref Unsafe.Add(ref constants, 1 + (3 * points));
        }
    }

    /// <summary>Back up: mean outputs, and contributions from what is now known of a node's two sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ascend(PathTree path, ref Vector512<double> sums, PathScratch scratch)
    {
        var tree = path.Tree;
        nint points = path.Points;
        var leaf = tree.Nodes.Length;
        for (nint i = tree.Nodes.Length - 1; i >= 0; i--)
        {
            ref readonly var node = ref tree.Nodes[i];
            if (node.Left < 0 && node.Right < 0)
                continue;
            ref var known = ref Unsafe.Add(ref scratch.Known.First, 2 * i);
            ref var reached = ref Unsafe.Add(ref scratch.Reached.First, i * points);
            ref var means = ref Unsafe.Add(ref scratch.Means.First, i * points);
            ref var leftMeans = ref Unsafe.Add(ref scratch.Means.First, (node.Left < 0 ? leaf : node.Left) * points);
            ref var rightMeans = ref Unsafe.Add(ref scratch.Means.First, (node.Right < 0 ? leaf : node.Right) * points);
            if (node.Left < 0)
                Fill(ref leftMeans, points, tree.Leaves[~node.Left]);
            if (node.Right < 0)
                Fill(ref rightMeans, points, tree.Leaves[~node.Right]);
            ref var constants = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(path.Constants), i * (1 + (3 * points)));
            ref var slopes = ref Unsafe.Add(ref constants, 1 + (2 * points));
            var slope = Vector512<double>.Zero;
            for (nint point = 0; point < points; point++)
            {
                var right = Unsafe.Add(ref rightMeans, point);
                var difference = Unsafe.Add(ref leftMeans, point) - right;
                Unsafe.Add(ref means, point) = Vector512.FusedMultiplyAdd(Unsafe.Add(ref means, point), difference, right);
                slope = Vector512.FusedMultiplyAdd(Unsafe.Add(ref reached, point) * Vector512.Create(Unsafe.Add(ref slopes, point)), difference, slope);
            }

            AddTo(ref Unsafe.Add(ref sums, node.Feature), known, Unsafe.Add(ref known, 1), Vector512.Create(constants), slope);
        }
    }

    private static void Fill(ref Vector512<double> means, nint points, double leaf)
    {
        for (nint point = 0; point < points; point++)
            Unsafe.Add(ref means, point) = Vector512.Create(leaf);
    }

    /// <summary>Probability of going left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Share(double ifLeft, double ifRight, Vector512<double> ownLeft, Vector512<double> ownRight, Vector512<double> elsewhere) =>
        Vector512.ConditionalSelect(ownLeft, Vector512.Create(ifLeft), Vector512.ConditionalSelect(ownRight, Vector512.Create(ifRight), elsewhere));

    /// <summary>Adds (own way is left − share of left) · slope where the column's own way still leads here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref Vector512<double> sum, Vector512<double> ownLeft, Vector512<double> ownRight, Vector512<double> share, Vector512<double> slope)
    {
        var factor = (ownLeft & (Vector512<double>.One - share)) | (ownRight & -share);
        sum = Vector512.FusedMultiplyAdd(factor, slope, sum);
    }
}
