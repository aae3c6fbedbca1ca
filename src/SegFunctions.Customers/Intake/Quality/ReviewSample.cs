namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Rows for people to look at: drawn at random by a hash of their content, so that the same file gives the same rows.</summary>
/// <param name="Accepted">Rows that were accepted, before duplicates were dropped; identifiers and free texts as their shape.</param>
/// <param name="Refused">Rows that were refused, every value as its shape: what stands in a refused row may be anything.</param>
public sealed record ReviewSample(IReadOnlyList<ReviewRow> Accepted, IReadOnlyList<ReviewRow> Refused)
{
    public static ReviewSample Empty { get; } = new([], []);
}

/// <summary>One row of the sample.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Rule">The rule that refused it; null for an accepted row.</param>
/// <param name="Values">By column, those without value left out.</param>
public sealed record ReviewRow(long Line, string? Rule, IReadOnlyList<ReviewValue> Values);

/// <summary>One value of a row of the sample.</summary>
/// <param name="Sent">As the file has it; or its shape: a letter stands as <c>x</c> or <c>X</c>, a digit as <c>9</c>.</param>
/// <param name="Read">As canonical rows have it, where that differs; null otherwise.</param>
public sealed record ReviewValue(string Column, string Sent, string? Read);
