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
    /// <param name="values">Of column 0; those of the next column are <see cref="ShapScratch.Groups"/> vectors on.</param>
    /// <param name="sums">Contributions to add to, laid out in the same way.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(PathTree path, ref Vector512<double> values, ref Vector512<double> sums, PathScratch scratch)
    {
        var tree = path.Tree;
        var points = path.Points;
        var nodes = tree.Nodes;
        ref var leaves = ref MemoryMarshal.GetArrayDataReference(tree.Leaves);
        ref var constants = ref MemoryMarshal.GetArrayDataReference(path.Constants);
        ref var known = ref scratch.Known.First;
        ref var reached = ref scratch.Reached.First;
        ref var goesLeft = ref scratch.GoesLeft.First;
        ref var means = ref scratch.Means.First;
        for (var point = 0; point < points; point++)
            Unsafe.Add(ref reached, point) = Vector512.Create(path.Weights[point]);

        for (var i = 0; i < nodes.Length; i++)
        {
            ref readonly var node = ref nodes[i];
            var left = NodeCondition.GoesLeft(tree, node, Unsafe.Add(ref values, node.Feature * ShapScratch.Groups));
            Vector512<double> ownLeft, ownRight;
            if (node.Above < 0)
            {
                ownLeft = left;
                ownRight = ~left;
            }
            else
            {
                var before = Unsafe.Add(ref known, node.Above);
                ownLeft = before & left;
                ownRight = Vector512.AndNot(before, left);
            }

            Unsafe.Add(ref known, 2 * i) = ownLeft;
            Unsafe.Add(ref known, (2 * i) + 1) = ownRight;
            ref var own = ref Unsafe.Add(ref constants, i * path.Stride);
            var elsewhere = Vector512.Create(own);
            var at = i * points;
            if (node.Left < 0 && node.Right < 0)
            {
                var right = Unsafe.Add(ref leaves, ~node.Right);
                var difference = Vector512.Create(Unsafe.Add(ref leaves, ~node.Left) - right);
                var rightValue = Vector512.Create(right);
                var slope = Vector512<double>.Zero;
                for (var point = 0; point < points; point++)
                {
                    var share = Share(ref own, point, ownLeft, ownRight, elsewhere);
                    Unsafe.Add(ref means, at + point) = Vector512.FusedMultiplyAdd(share, difference, rightValue);
                    slope = Vector512.FusedMultiplyAdd(Unsafe.Add(ref reached, at + point), Vector512.Create(Unsafe.Add(ref own, 3 + (3 * point))), slope);
                }

                AddTo(ref Unsafe.Add(ref sums, node.Feature * ShapScratch.Groups), ownLeft, ownRight, elsewhere, slope * difference);
                continue;
            }

            for (var point = 0; point < points; point++)
            {
                var share = Share(ref own, point, ownLeft, ownRight, elsewhere);
                Unsafe.Add(ref goesLeft, at + point) = share;
                var here = Unsafe.Add(ref reached, at + point);
                var below = here * share;
                if (node.Left >= 0)
                    Unsafe.Add(ref reached, (node.Left * points) + point) = below;
                if (node.Right >= 0)
                    Unsafe.Add(ref reached, (node.Right * points) + point) = here - below;
            }
        }

        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            ref readonly var node = ref nodes[i];
            if (node.Left < 0 && node.Right < 0)
                continue;
            ref var own = ref Unsafe.Add(ref constants, i * path.Stride);
            var at = i * points;
            var slope = Vector512<double>.Zero;
            for (var point = 0; point < points; point++)
            {
                var left = node.Left >= 0 ? Unsafe.Add(ref means, (node.Left * points) + point) : Vector512.Create(Unsafe.Add(ref leaves, ~node.Left));
                var right = node.Right >= 0 ? Unsafe.Add(ref means, (node.Right * points) + point) : Vector512.Create(Unsafe.Add(ref leaves, ~node.Right));
                var difference = left - right;
                Unsafe.Add(ref means, at + point) = Vector512.FusedMultiplyAdd(Unsafe.Add(ref goesLeft, at + point), difference, right);
                slope = Vector512.FusedMultiplyAdd(Unsafe.Add(ref reached, at + point) * Vector512.Create(Unsafe.Add(ref own, 3 + (3 * point))), difference, slope);
            }

            AddTo(ref Unsafe.Add(ref sums, node.Feature * ShapScratch.Groups), Unsafe.Add(ref known, 2 * i), Unsafe.Add(ref known, (2 * i) + 1), Vector512.Create(own), slope);
        }
    }

    /// <summary>Probability of going left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Share(ref double own, int point, Vector512<double> ownLeft, Vector512<double> ownRight, Vector512<double> elsewhere) =>
        Vector512.ConditionalSelect(
            ownLeft,
            Vector512.Create(Unsafe.Add(ref own, 2 + (3 * point))),
            Vector512.ConditionalSelect(ownRight, Vector512.Create(Unsafe.Add(ref own, 1 + (3 * point))), elsewhere));

    /// <summary>Adds (own way is left − share of left) · slope where the column's own way still leads here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref Vector512<double> sum, Vector512<double> ownLeft, Vector512<double> ownRight, Vector512<double> share, Vector512<double> slope)
    {
        var factor = (ownLeft & (Vector512<double>.One - share)) | (ownRight & -share);
        sum = Vector512.FusedMultiplyAdd(factor, slope, sum);
    }
}
