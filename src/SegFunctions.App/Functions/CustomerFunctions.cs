using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.Customers;

namespace SegFunctions.App.Functions;

/// <summary>What is known of a customer, for marketing tools.</summary>
internal sealed class CustomerFunctions(
    MembershipReader memberships, SegmentNames segmentNames, CustomerIds ids, ConsentGate gate, AuditLog audit, ServingClock clock)
{
    private const int MostLookups = 100;
    private const string NoSuchCustomer = "The current run knows no customer of that id. A new customer appears with the next refresh.";

    [Function("GetMemberships")]
    [Summary("The segments, scores and facts of one customer, with reasons.")]
    [Query<string>("source", "Namespace of the raw id; 'default' when absent.")]
    [Query<string>("lang", "Language of names and reasons: en or fr; Accept-Language is honoured when absent.")]
    [Query<string>("purpose", RequestPurpose.Description)]
    [Returns<CustomerAnswer>]
    [Returns(304, Description = "Nothing has changed since the answer with the ETag of If-None-Match.")]
    [Returns(403, Description = "The customer has not allowed the purpose.")]
    [Returns(404, Description = "The current run knows no such customer.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/customers/{id}/memberships")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!ids.TryReadPath(id, request.Query["source"].ToString(), out var key, out var fault))
            return Answer.BadRequest(fault);
        if (!RequestPurpose.TryRead(request, out var purpose, out fault))
            return Answer.BadRequest(fault);
        await audit.AddAsync(key, Caller.Of(request), "memberships", RequestPurpose.Word(purpose), cancellationToken);
        if (await memberships.FindAsync([key], cancellationToken) is not { Run: var run } served)
            return Answer.NotFound(SegmentFunctions.NoRunYet);
        if (served.Documents[0] is not { } document)
            return Answer.NotFound(NoSuchCustomer);
        // A word given under either id is the person's.
        var verdicts = await gate.JudgeAsync([key, served.Keys[0]], purpose, cancellationToken);
        if (verdicts.Contains(ConsentVerdict.Erased))
            return Answer.NotFound(NoSuchCustomer);
        if (verdicts.Contains(ConsentVerdict.Refused))
            return Answer.Forbidden($"The customer has not allowed {RequestPurpose.Word(purpose)}.");
        var language = RequestLanguage.Of(request);
        var stamp = clock.Stamp(run, language);
        var names = await segmentNames.ReadAsync(run.Sequence, language, cancellationToken);
        return Answer.Ok(
            request, CustomerAnswer.From(document, key, names, stamp, language), AppJson.Default.CustomerAnswer, stamp.Version(language));
    }

    [Function("LookupMemberships")]
    [Summary("The same for up to 100 customers at once. Ids that the run does not know, or who have not allowed the purpose, come back with 'customer': null.")]
    [Query<string>("purpose", RequestPurpose.Description)]
    [Query<string>("lang", "Language of names and reasons: en or fr; Accept-Language is honoured when absent.")]
    [Accepts<LookupRequest>]
    [Returns<LookupAnswer>]
    [Returns(400, Description = "No ids, too many, or one that cannot be an id.")]
    public async Task<IResult> LookupAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/memberships/lookup")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = await request.ReadJsonAsync<LookupRequest>(cancellationToken);
        if (asked.Ids is not { Count: > 0 and <= MostLookups } wantedIds)
            return Answer.BadRequest($"'ids' holds {asked.Ids?.Count ?? 0} ids; it is an array of 1 to {MostLookups}.");
        var wanted = new CustomerKey[wantedIds.Count];
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!ids.TryRead(wantedIds[i] ?? "", asked.Source ?? "", out wanted[i], out var fault))
                return Answer.BadRequest($"'ids[{i}]': {fault}");
        }

        if (!RequestPurpose.TryRead(request, out var purpose, out var unknown))
            return Answer.BadRequest(unknown);
        await audit.AddAsync(wanted, Caller.Of(request), "memberships", RequestPurpose.Word(purpose), cancellationToken);
        if (await memberships.FindAsync(wanted, cancellationToken) is not { Run: var run } served)
            return Answer.NotFound(SegmentFunctions.NoRunYet);
        var language = RequestLanguage.Of(request);
        var stamp = clock.Stamp(run, language);
        var names = await segmentNames.ReadAsync(run.Sequence, language, cancellationToken);
        var verdicts = await gate.JudgeAsync([.. wanted, .. served.Keys], purpose, cancellationToken);
        var results = wantedIds.Select((id, index) => new LookupResult(
            id, (verdicts[index], verdicts[wanted.Length + index]) is (ConsentVerdict.Allowed, ConsentVerdict.Allowed) && served.Documents[index] is { } document ? CustomerAnswer.From(document, wanted[index], names, stamp, language) : null)).ToArray();
        return Answer.Ok(request, new LookupAnswer(results, stamp), AppJson.Default.LookupAnswer);
    }
}
