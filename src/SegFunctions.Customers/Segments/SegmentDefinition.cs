using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments;

/// <summary>A segment as people know it.</summary>
/// <param name="Id">Stable, <c>kind:name</c> in lower case: <c>rfm:champions</c>, <c>stage:active</c>, <c>cluster:1</c>, <c>prediction:churn-high</c>.</param>
/// <param name="Kind">What makes its members.</param>
/// <param name="Name">A few words.</param>
/// <param name="Description">One sentence: who is in it.</param>
public sealed record SegmentDefinition(string Id, SegmentKind Kind, Bilingual Name, Bilingual Description);
