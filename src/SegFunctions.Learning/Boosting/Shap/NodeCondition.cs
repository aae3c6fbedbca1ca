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
            return InSet(tree.CategorySets[node.Categories], node.MissingLeft, values);
        var threshold = Vector512.Create(node.Threshold);
        // NaN compares false with everything.
        return node.MissingLeft ? ~Vector512.GreaterThan(values, threshold) : Vector512.LessThanOrEqual(values, threshold);
    }

    private static Vector512<double> InSet(ulong[] set, bool missingLeft, Vector512<double> values)
    {
        var lanes = Vector512<long>.Zero;
        for (var lane = 0; lane < Vector512<double>.Count; lane++)
        {
            var value = values.GetElement(lane);
            // NaN is outside too.
            var inside = value >= 0 && value < set.Length * 64L;
            var left = inside ? ((set[(int)value >> 6] >> ((int)value & 63)) & 1) != 0 : missingLeft;
            lanes = lanes.WithElement(lane, left ? -1L : 0L);
        }

        return lanes.AsDouble();
    }
}
