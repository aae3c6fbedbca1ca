using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Preparation;

/// <summary>What a column was found to mean.</summary>
/// <param name="Reason">A clause for a person: <c>a measure</c>, <c>yes or no</c>, <c>dates written year-month-day</c>.</param>
public sealed record ColumnType(ColumnKind Kind, Bilingual Reason);
