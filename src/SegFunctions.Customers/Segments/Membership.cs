using System.Text.Json.Serialization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments;

/// <summary>That a customer belongs to a segment, and why.</summary>
/// <param name="Segment">Id of the <see cref="SegmentDefinition"/>.</param>
/// <param name="Score">How strongly, where the kind has a measure: typicality of a cluster, probability of a prediction.</param>
/// <param name="Reasons">Facts of the customer, in words, the weightiest first.</param>
public sealed record Membership(
    string Segment,
    SegmentKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Score,
    IReadOnlyList<Bilingual> Reasons);
