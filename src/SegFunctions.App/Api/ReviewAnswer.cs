using SegFunctions.App.Identity;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>Two customers that may be one.</summary>
/// <param name="Status"><c>open</c>, <c>accepted</c> or <c>rejected</c>.</param>
/// <param name="Probability">That they are one; null for a decision that nobody was asked for.</param>
/// <param name="Reason">Why it is left to a human: <c>uncertain</c>, <c>weakBridge</c>, <c>decidedApart</c> or <c>tooLarge</c>.</param>
/// <param name="Evidence">What the records say, field by field, the strongest first; never the values.</param>
/// <param name="Run">The run that asked first.</param>
public sealed record ReviewAnswer(
    string Id, string Status, string Left, string Right, double? Probability, string? Reason, IReadOnlyList<EvidenceAnswer> Evidence,
    string? Run, DateTimeOffset Since, DateTimeOffset? DecidedAt, string? DecidedBy)
{
    internal static ReviewAnswer From(ReviewRecord review, Language language) => new(
        review.Id,
        review.Status.ToString().ToLowerInvariant(),
        review.Left.ToString(),
        review.Right.ToString(),
        review.Link is { } link ? Math.Round(link.Probability, 4) : null,
        review.Reason is { } reason ? char.ToLowerInvariant(reason.ToString()[0]) + reason.ToString()[1..] : null,
        EvidenceAnswer.From(review.Link?.Fields ?? [], language),
        review.Run,
        review.Since,
        review.DecidedAt,
        review.DecidedBy);
}

/// <summary>A page of reviews, the most probable first.</summary>
/// <param name="Continuation">Of the next page; null after the last.</param>
public sealed record ReviewList(IReadOnlyList<ReviewAnswer> Reviews, string? Continuation);

/// <summary>A decision about two customers.</summary>
/// <param name="Decision"><c>accept</c>: they are one; <c>reject</c>: they are two.</param>
public sealed record ReviewRequest(string? Decision);
