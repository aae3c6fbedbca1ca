using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Memberships;

namespace SegFunctions.App.Functions;

/// <summary>The segments of the current run and their members.</summary>
internal sealed class SegmentFunctions(
    CurrentRunReader current, SegmentTable segments, SegmentMembersReader members, ServingClock clock)
{
    private const int DefaultPageSize = 100;
    private const int LargestPage = 1000;

    [Function("ListSegments")]
    [Summary("All segments with their sizes, largest first.")]
    [Query<string>("kind", "Only segments of this kind: stage, rfm, cluster, micro, rule or prediction.")]
    [Returns<SegmentList>]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/segments")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await current.ReadAsync(cancellationToken) is not { } run)
            return Answer.NotFound(NoRunYet);
        var language = RequestLanguage.Of(request);
        var kind = request.Query["kind"].ToString();
        var found = await segments.ListAsync(run.Sequence, cancellationToken);
        var shown = found
            .Where(segment => kind.Length == 0 || segment.Definition.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(segment => segment.Members)
            .ThenBy(segment => segment.Definition.Id, StringComparer.Ordinal)
            .Select(segment => SegmentAnswer.From(segment, language))
            .ToArray();
        var stamp = clock.Stamp(run, language);
        return Answer.Ok(request, new SegmentList(shown, stamp), AppJson.Default.SegmentList, $"{stamp.Version(language)}-{kind}");
    }

    [Function("GetSegment")]
    [Summary("One segment: what it is, how large, and what sets it apart.")]
    [Returns<SegmentDetail>]
    [Returns(404, Description = "There is no such segment in the current run.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/segments/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await current.ReadAsync(cancellationToken) is not { } run)
            return Answer.NotFound(NoRunYet);
        if (await segments.FindAsync(run.Sequence, id, cancellationToken) is not { } segment)
            return Answer.NotFound(NoSuchSegment(id));
        var language = RequestLanguage.Of(request);
        var stamp = clock.Stamp(run, language);
        return Answer.Ok(request, SegmentDetail.From(segment, stamp, language), AppJson.Default.SegmentDetail, stamp.Version(language));
    }

    [Function("ListSegmentMembers")]
    [Summary("The members of a segment, page by page in the order of their keys. All pages of a listing show the same run.")]
    [Query<int>("top", "Members on a page: 1 to 1000, 100 when absent.")]
    [Query<string>("continuation", "The 'continuation' of the page before.")]
    [Returns<SegmentMemberList>]
    [Returns(404, Description = "There is no such segment in the run.")]
    public async Task<IResult> ListMembersAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/segments/{id}/members")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var size = DefaultPageSize;
        if (request.Query["top"].ToString() is { Length: > 0 } top && (!int.TryParse(top, out size) || size is < 1 or > LargestPage))
            return Answer.BadRequest($"'top' is '{top}'; it is a whole number from 1 to {LargestPage}.");
        PageToken? after = null;
        if (request.Query["continuation"].ToString() is { Length: > 0 } continuation)
        {
            if (!PageToken.TryParse(continuation, out var token))
                return Answer.BadRequest("'continuation' is not a token of this API; leave it out to begin at the first page.");
            after = token;
        }

        if (await current.ReadAsync(cancellationToken) is not { } run)
            return Answer.NotFound(NoRunYet);
        var sequence = after?.Run ?? run.Sequence;
        if (await segments.FindAsync(sequence, id, cancellationToken) is null)
        {
            return after is not null && sequence != run.Sequence
                ? Answer.NotFound("The listing that this continuation belongs to is too old; begin again at the first page.")
                : Answer.NotFound(NoSuchSegment(id));
        }

        var page = await members.ReadAsync(id, sequence, after, size, cancellationToken);
        return Answer.Ok(
            request, new SegmentMemberList(id, [.. page.Members.Select(member => new MemberAnswer(member.Customer, member.Since))], page.Next?.ToString()), AppJson.Default.SegmentMemberList,
            $"{sequence}-{id.Length}-{size}-{after?.After}");
    }

    internal const string NoRunYet = "No refresh has been published yet. Drop files into 'uploads', or start a run with POST /api/v1/runs.";

    private static string NoSuchSegment(string id) => $"The current run has no segment '{id}'. GET /api/v1/segments lists those it has.";
}
