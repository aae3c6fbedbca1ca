using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>
/// For eight rows and every leaf of a tree, the pattern of the leaf's path: bit j is set when the row meets every condition that the path
/// puts on its column j.
/// </summary>
internal static class PatternKernel
{
    /// <summary>The most columns a path may ask about: the bits of a pattern.</summary>
    public const int MostColumns = 64;

    /// <param name="values">One vector a column.</param>
    /// <param name="reaching">OUT, by inner node: the pattern of the path to it.</param>
    /// <param name="patterns">OUT, of leaf 0; those of the next leaf are <see cref="ShapScratch.Groups"/> vectors on.</param>
    public static void Walk(ShapTree tree, ref Vector512<double> values, ref Vector512<double> reaching, ref Vector512<double> patterns)
    {
        var nodes = tree.Nodes;
        reaching = Vector512<double>.Zero;
        for (var i = 0; i < nodes.Length; i++)
        {
            ref readonly var node = ref nodes[i];
            var bit = Vector512.Create(1L << node.Bit);
            var left = NodeCondition.GoesLeft(tree, node, Unsafe.Add(ref values, node.Feature)).AsInt64() & bit;
            var here = Unsafe.Add(ref reaching, i).AsInt64();
            var (toLeft, toRight) = node.Above < 0 ? (here | left, here | (left ^ bit)) : (here & (left | ~bit), here & ~left);
            (node.Left >= 0 ? ref Unsafe.Add(ref reaching, node.Left) : ref Unsafe.Add(ref patterns, ~node.Left * ShapScratch.Groups)) = toLeft.AsDouble();
            (node.Right >= 0 ? ref Unsafe.Add(ref reaching, node.Right) : ref Unsafe.Add(ref patterns, ~node.Right * ShapScratch.Groups)) = toRight.AsDouble();
        }
    }
}
