using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Which of eight rows go left at a node: all bits of a lane set, or none.</summary>
internal static class NodeCondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> GoesLeft(ShapTree tree, in ShapNode node, Vector512<double> values)
    {
        if (node.Categories >= 0)
            return InSet(tree.CategorySets[node.Categories], values);
        var threshold = Vector512.Create(node.Threshold);
        // NaN compares false with everything.
        return node.MissingLeft ? ~Vector512.GreaterThan(values, threshold) : Vector512.LessThanOrEqual(values, threshold);
    }

    /// <summary>Without a branch: which categories rows have cannot be foreseen.</summary>
    private static Vector512<double> InSet(ulong[] set, Vector512<double> values)
    {
        var beyond = Vector512.Create((set.Length - 1) * 64.0);
        // NaN is not inside.
        var inside = Vector512.GreaterThanOrEqual(values, Vector512<double>.Zero) & Vector512.LessThan(values, beyond);
        var lanes = Vector512.ConvertToInt64(Vector512.ConditionalSelect(inside, values, beyond));
        ref var lane = ref Unsafe.As<Vector512<long>, long>(ref lanes);
        for (var i = 0; i < Vector512<long>.Count; i++)
        {
            var code = (int)Unsafe.Add(ref lane, i);
            Unsafe.Add(ref lane, i) = -(long)((set[code >> 6] >> (code & 63)) & 1);
        }

        return lanes.AsDouble();
    }
}
