using System.Globalization;
using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Identity;
using SegFunctions.App.Privacy;

namespace SegFunctions.App.Functions;

/// <summary>Who is one: pairs that wait for a human, decisions, and why customers are one.</summary>
internal sealed class ReviewFunctions(ReviewTable reviews, IdentityTable identities, IdentityDecisions decisions, CustomerIds ids, AuditLog audit)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 500;
    private const string Language = "Language of the evidence: en or fr; Accept-Language is honoured when absent.";
    private const string Source = "Namespace of the raw id; 'default' when absent.";

    [Function("ListReviews")]
    [Summary("Pairs of customers that may be one, the most probable first.")]
    [Query<string>("status", "open (the default), accepted or rejected.")]
    [Query<int>("top", "Reviews of a page, 1 to 500; 50 when absent.")]
    [Query<string>("continuation", "Of the page before.")]
    [Query<string>("lang", Language)]
    [Returns<ReviewList>]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/reviews")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = request.Query["status"].ToString();
        if (!Enum.TryParse<ReviewStatus>(asked.Length == 0 ? "open" : asked, ignoreCase: true, out var status) || !Enum.IsDefined(status))
            return Answer.BadRequest($"'status' is '{asked}'; it is open, accepted or rejected.");
        var size = DefaultPage;
        if (request.Query["top"].ToString() is { Length: > 0 } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestPage))
            return Answer.BadRequest($"'top' is '{top}'; it is a number from 1 to {LargestPage}.");
        var after = request.Query["continuation"].ToString();
        if (after.Length > 0 && !ReviewRecord.TryParse(after, out _, out _))
            return Answer.BadRequest("'continuation' is not one of this listing.");
        var all = (await reviews.ListAsync(cancellationToken)).Where(review => review.Status == status)
            .OrderByDescending(review => review.Link?.Probability ?? 0).ThenBy(review => review.Id, StringComparer.Ordinal).ToList();
        var start = after.Length == 0 ? 0 : all.FindIndex(review => review.Id == after) + 1;
        if (after.Length > 0 && start == 0)
            return Answer.NotFound("The last review of the page before is decided or gone. Begin again without 'continuation'.");
        var page = all.Skip(start).Take(size).ToArray();
        await audit.AddAsync(AuditLog.Listings, Caller.Of(request), "reviews", "identity", cancellationToken);
        return Answer.Ok(
            request,
            new ReviewList([.. page.Select(review => ReviewAnswer.From(review, RequestLanguage.Of(request)))], start + page.Length < all.Count ? page[^1].Id : null),
            AppJson.Default.ReviewList);
    }

    [Function("GetReview")]
    [Summary("Two customers that may be one, with what speaks for it and against it.")]
    [Query<string>("lang", Language)]
    [Returns<ReviewAnswer>]
    [Returns(404, Description = "There is no such review.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/reviews/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        return ReviewRecord.TryParse(id, out var left, out var right) && await reviews.FindAsync(left, right, cancellationToken) is { } review
            ? Answer.Ok(request, ReviewAnswer.From(review, RequestLanguage.Of(request)), AppJson.Default.ReviewAnswer)
            : Answer.NotFound(NoSuchReview(id));
    }

    [Function("DecideReview")]
    [Summary("Decides about two customers. The decision wins over the model for ever; a later one replaces it. Who is accepted is found by either id at once, and counts as one with the next refresh.")]
    [Query<string>("lang", Language)]
    [Accepts<ReviewRequest>]
    [Returns<ReviewAnswer>]
    [Returns(400, Description = "'decision' is neither accept nor reject.")]
    [Returns(404, Description = "There is no such review.")]
    public async Task<IResult> DecideAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/reviews/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var asked = await request.ReadJsonAsync<ReviewRequest>(cancellationToken);
        if (asked.Decision is not ("accept" or "reject"))
            return Answer.BadRequest($"'decision' is '{asked.Decision}'; it is accept or reject.");
        if (!ReviewRecord.TryParse(id, out var left, out var right)
            || await decisions.DecideAsync(left, right, asked.Decision == "accept", Caller.Of(request), cancellationToken) is not { } review)
        {
            return Answer.NotFound(NoSuchReview(id));
        }

        await audit.AddAsync([left, right], Caller.Of(request), $"identity {asked.Decision}", "identity", cancellationToken);
        return Answer.Ok(request, ReviewAnswer.From(review, RequestLanguage.Of(request)), AppJson.Default.ReviewAnswer);
    }

    [Function("GetIdentity")]
    [Summary("Which keys are one with a customer, and why.")]
    [Query<string>("source", Source)]
    [Query<string>("lang", Language)]
    [Returns<IdentityAnswer>]
    public async Task<IResult> GetIdentityAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/customers/{id}/identity")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!ids.TryReadPath(id, request.Query["source"].ToString(), out var key, out var fault))
            return Answer.BadRequest(fault);
        await audit.AddAsync(key, Caller.Of(request), "identity", "identity", cancellationToken);
        var group = await identities.GroupAsync(key, cancellationToken);
        return Answer.Ok(request, IdentityAnswer.From(key, group, RequestLanguage.Of(request)), AppJson.Default.IdentityAnswer);
    }

    [Function("UndoIdentity")]
    [Summary("Takes a customer out of its group: from the next refresh on it is nobody else, whatever the model says.")]
    [Query<string>("source", Source)]
    [Returns<UndoAnswer>]
    [Returns(409, Description = "Nobody is one with the customer.")]
    public async Task<IResult> UndoAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/customers/{id}/identity/undo")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!ids.TryReadPath(id, request.Query["source"].ToString(), out var key, out var fault))
            return Answer.BadRequest(fault);
        var apart = await decisions.UndoAsync(key, Caller.Of(request), cancellationToken);
        if (apart.Count == 0)
            return Answer.Conflict("Nobody is one with the customer: there is nothing to undo.");
        await audit.AddAsync([.. apart, key], Caller.Of(request), "identity undone", "identity", cancellationToken);
        return Answer.Ok(request, new UndoAnswer(key.ToString(), [.. apart.Select(other => other.ToString())]), AppJson.Default.UndoAnswer);
    }

    private static string NoSuchReview(string id) => $"There is no review '{id}'. GET /api/v1/reviews lists them.";
}
