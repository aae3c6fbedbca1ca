using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Where patterns are written, with room for the largest tree.</summary>
internal sealed class PatternScratch(int features, int outputs, int nodes) : ShapScratch(features, outputs)
{
    /// <summary>By inner node.</summary>
    public LaneBuffer Reaching { get; } = new(Math.Max(1, nodes));

    /// <summary>Of all rows, by leaf; a tree has one more than inner nodes.</summary>
    public LaneBuffer Patterns { get; } = new((nodes + 1) * Groups);

    /// <summary>The patterns of a group in leaf 0.</summary>
    public ref Vector512<double> PatternsOf(int group) => ref Unsafe.Add(ref Patterns.First, group);
}
