using System.Globalization;
using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.Customers.Privacy.Consents;
using SegFunctions.Customers.Segments;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Functions;

/// <summary>The segments of the current run and their members.</summary>
internal sealed class SegmentFunctions(
    CurrentRunReader current, SegmentTable segments, SegmentMembersReader members, MembershipReader memberships, ConsentGate gate, AuditLog audit, ServingClock clock)
{
    private const int DefaultPageSize = 100;
    private const int LargestPage = 1000;

    [Function("ListSegments")]
    [Summary("All segments with their sizes, largest first.")]
    [Query<string>("kind", "Only segments of this kind: stage, rfm, cluster, micro, rule or prediction.")]
    [Query<string>("lang", "Language of names: en or fr; Accept-Language is honoured when absent.")]
    [Returns<SegmentList>]
    [Returns(304, Description = "Nothing has changed since the answer with the ETag of If-None-Match.")]
    [Returns(404, Description = "No run has been published yet.")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/segments")] HttpRequest request, CancellationToken cancellationToken)
    {
        SegmentKind? wanted = null;
        if (request.Query["kind"].ToString() is { Length: > 0 } text)
        {
            if (!TryReadKind(text, out var kind))
                return Answer.BadRequest($"'kind' is '{text}'; it is one of {string.Join(", ", Enum.GetNames<SegmentKind>()).ToLowerInvariant()}.");
            wanted = kind;
        }

        if (await current.ReadAsync(cancellationToken) is not { } run)
            return Answer.NotFound(NoRunYet);
        var found = await segments.ListAsync(run.Sequence, cancellationToken);
        if (found.Count == 0 && await current.FindLaterAsync(run, cancellationToken) is { } later)
        {
            run = later;
            found = await segments.ListAsync(run.Sequence, cancellationToken);
        }

        var language = RequestLanguage.Of(request);
        var shown = found
            .Where(segment => wanted is null || segment.Definition.Kind == wanted)
            .OrderByDescending(segment => segment.Members)
            .ThenBy(segment => segment.Definition.Id, StringComparer.Ordinal)
            .Select(segment => SegmentAnswer.From(segment, language))
            .ToArray();
        var stamp = clock.Stamp(run, language);
        return Answer.Ok(request, new SegmentList(shown, stamp), AppJson.Default.SegmentList, $"{stamp.Version(language)}-{wanted}");
    }

    [Function("GetSegment")]
    [Summary("One segment: what it is, how large, and what sets it apart.")]
    [Query<string>("lang", "Language of names: en or fr; Accept-Language is honoured when absent.")]
    [Returns<SegmentDetail>]
    [Returns(304, Description = "Nothing has changed since the answer with the ETag of If-None-Match.")]
    [Returns(404, Description = "There is no such segment in the current run.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/segments/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await current.ReadAsync(cancellationToken) is not { } run)
            return Answer.NotFound(NoRunYet);
        var segment = await segments.FindAsync(run.Sequence, id, cancellationToken);
        if (segment is null && await current.FindLaterAsync(run, cancellationToken) is { } later)
        {
            run = later;
            segment = await segments.FindAsync(run.Sequence, id, cancellationToken);
        }

        if (segment is null)
            return Answer.NotFound(NoSuchSegment(id));
        var language = RequestLanguage.Of(request);
        var stamp = clock.Stamp(run, language);
        return Answer.Ok(request, SegmentDetail.From(segment, stamp, language), AppJson.Default.SegmentDetail, stamp.Version(language));
    }

    [Function("ListSegmentMembers")]
    [Summary("The members of a segment, page by page in the order of their keys. All pages of a listing show the same run.")]
    [Query<int>("top", "Members on a page: 1 to 1000, 100 when absent.")]
    [Query<string>("continuation", "The 'continuation' of the page before.")]
    [Query<string>("purpose", RequestPurpose.Description + " Members who have not allowed it are left out, so that a page may hold fewer than 'top'.")]
    [Query<string>("lang", "Language of what is said of contacts: en or fr; Accept-Language is honoured when absent.")]
    [Returns<SegmentMemberList>]
    [Returns(304, Description = "Nothing has changed since the answer with the ETag of If-None-Match.")]
    [Returns(400, Description = "'top' is no such number, or the continuation belongs to no listing of this segment.")]
    [Returns(404, Description = "There is no such segment in the run.")]
    public async Task<IResult> ListMembersAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/segments/{id}/members")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var size = DefaultPageSize;
        if (request.Query["top"].ToString() is { Length: > 0 } top
            && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestPage))
        {
            return Answer.BadRequest($"'top' is '{top}'; it is a whole number from 1 to {LargestPage}.");
        }

        if (!RequestPurpose.TryRead(request, out var purpose, out var fault))
            return Answer.BadRequest(fault);
        PageToken? after = null;
        if (request.Query["continuation"].ToString() is { Length: > 0 } continuation)
        {
            if (!PageToken.TryParse(continuation, id, out var token))
                return Answer.BadRequest($"'continuation' belongs to no listing of the segment '{id}'; leave it out to begin at the first page.");
            after = token;
        }

        if (await current.ReadAsync(cancellationToken) is not { } run)
            return Answer.NotFound(NoRunYet);
        if (!SegmentIds.IsValid(id))
            return Answer.NotFound(NoSuchSegment(id));
        var sequence = after?.Run ?? run.Sequence;
        var page = await FindPageAsync(id, sequence, after, size, cancellationToken);
        if (page is null && after is null && await current.FindLaterAsync(run, cancellationToken) is { } later)
        {
            sequence = later.Sequence;
            page = await FindPageAsync(id, sequence, after, size, cancellationToken);
        }

        if (page is null)
        {
            return Answer.NotFound(after is null
                ? NoSuchSegment(id)
                : "The listing that this continuation belongs to is too old; begin again at the first page.");
        }

        await audit.AddAsync(AuditLog.Listings, Caller.Of(request), $"{page.Members.Count} members of {id} in run {sequence}", RequestPurpose.Word(purpose), cancellationToken);
        var allowed = await gate.AllowRangeAsync([.. page.Members.Select(member => SegmentMembersReader.Key(member.Customer))], purpose, cancellationToken);
        var answer = new SegmentMemberList(
            id, await MembersAsync([.. page.Members.Where((_, index) => allowed[index])], sequence, purpose, RequestLanguage.Of(request), cancellationToken), page.Next?.ToString());
        // Whoever takes a permission back must not be served from a cache: the answer of a purpose has no version.
        var version = purpose is null && !allowed.Contains(false) ? $"{sequence}-{size}-{after?.After}" : null;
        return Answer.Ok(request, answer, AppJson.Default.SegmentMemberList, version);
    }

    internal const string NoRunYet = "No refresh has been published yet. Drop files into 'uploads', or start a run with POST /api/v1/runs.";

    private static bool TryReadKind(string text, out SegmentKind kind) =>
        Enum.TryParse(text, ignoreCase: true, out kind) && text.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whoever is going to write to the members learns to whom not to; that costs a read a member, so others do not.</summary>
    private async Task<IReadOnlyList<MemberAnswer>> MembersAsync(
        SegmentMember[] found, long run, ConsentPurpose? purpose, Language language, CancellationToken cancellationToken)
    {
        if (purpose is not (ConsentPurpose.Marketing or ConsentPurpose.Activation))
            return [.. found.Select(member => new MemberAnswer(member.Customer, member.Since, null))];
        var documents = await memberships.FindAsync([.. found.Select(member => SegmentMembersReader.Key(member.Customer))], run, cancellationToken);
        return
        [
            .. found.Select((member, index) => new MemberAnswer(
                member.Customer, member.Since, documents[index] is { } document ? ContactAnswer.From(document, SegmentMembersReader.Key(member.Customer), language) : [])),
        ];
    }

    /// <summary>A page of a run, or null where the run has no such segment, or not any more: then what was read of it counts for nothing.</summary>
    private async Task<SegmentMembersPage?> FindPageAsync(
        string segment, long run, PageToken? after, int size, CancellationToken cancellationToken)
    {
        var page = await members.ReadAsync(segment, run, after, size, cancellationToken);
        return await segments.FindAsync(run, segment, cancellationToken) is null ? null : page;
    }

    private static string NoSuchSegment(string id) => $"The current run has no segment '{id}'. GET /api/v1/segments lists those it has.";
}
