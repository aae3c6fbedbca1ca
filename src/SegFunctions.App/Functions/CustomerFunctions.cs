using SegFunctions.App.Api;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Memberships;
using SegFunctions.Customers;

namespace SegFunctions.App.Functions;

/// <summary>What is known of a customer, for marketing tools.</summary>
internal sealed class CustomerFunctions(
    MembershipReader memberships, SegmentNames segmentNames, CustomerKeyDerivation keys, ServingClock clock)
{
    private const int MostLookups = 100;
    private const string KeyPrefix = "key:";

    [Function("GetMemberships")]
    [Summary("The segments, scores and facts of one customer, with reasons.")]
    [Query<string>("source", "Namespace of the raw id; 'default' when absent.")]
    [Query<string>("lang", "Language of names and reasons: en or fr; Accept-Language is honoured when absent.")]
    [Returns<CustomerAnswer>]
    [Returns(304, Description = "Nothing has changed since the answer with the ETag of If-None-Match.")]
    [Returns(404, Description = "The current run knows no such customer.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/customers/{id}/memberships")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        // A slash in a path stays escaped on its way here, and cannot be told from an id that is spelled so.
        if (id.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return Answer.BadRequest("The id holds an escaped '/', which gets lost in an address; send it in the body of POST /api/v1/memberships/lookup.");
        if (!TryReadKey(id, request.Query["source"].ToString(), out var key, out var fault))
            return Answer.BadRequest(fault);
        if (await memberships.FindAsync([key], cancellationToken) is not { Run: var run } served)
            return Answer.NotFound(SegmentFunctions.NoRunYet);
        if (served.Documents[0] is not { } document)
            return Answer.NotFound("The current run knows no customer of that id. A new customer appears with the next refresh.");
        var language = RequestLanguage.Of(request);
        var stamp = clock.Stamp(run, language);
        var names = await segmentNames.ReadAsync(run.Sequence, language, cancellationToken);
        return Answer.Ok(
            request, CustomerAnswer.From(document, names, stamp, language), AppJson.Default.CustomerAnswer, stamp.Version(language));
    }

    [Function("LookupMemberships")]
    [Summary("The same for up to 100 customers at once. Ids that the run does not know come back with 'customer': null.")]
    [Query<string>("lang", "Language of names and reasons: en or fr; Accept-Language is honoured when absent.")]
    [Accepts<LookupRequest>]
    [Returns<LookupAnswer>]
    [Returns(400, Description = "No ids, too many, or one that cannot be an id.")]
    public async Task<IResult> LookupAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/memberships/lookup")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = await request.ReadJsonAsync<LookupRequest>(cancellationToken);
        if (asked.Ids is not { Count: > 0 and <= MostLookups } ids)
            return Answer.BadRequest($"'ids' holds {asked.Ids?.Count ?? 0} ids; it is an array of 1 to {MostLookups}.");
        var wanted = new CustomerKey[ids.Count];
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!TryReadKey(ids[i] ?? "", asked.Source ?? "", out wanted[i], out var fault))
                return Answer.BadRequest($"'ids[{i}]': {fault}");
        }

        if (await memberships.FindAsync(wanted, cancellationToken) is not { Run: var run } served)
            return Answer.NotFound(SegmentFunctions.NoRunYet);
        var language = RequestLanguage.Of(request);
        var stamp = clock.Stamp(run, language);
        var names = await segmentNames.ReadAsync(run.Sequence, language, cancellationToken);
        var results = ids.Zip(served.Documents, (id, document) =>
            new LookupResult(id, document is null ? null : CustomerAnswer.From(document, names, stamp, language))).ToArray();
        return Answer.Ok(request, new LookupAnswer(results, stamp), AppJson.Default.LookupAnswer);
    }

    private bool TryReadKey(string id, string source, out CustomerKey key, out string fault)
    {
        fault = "";
        if (id.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            if (CustomerKey.TryParse(id[KeyPrefix.Length..], out key))
                return true;
            fault = $"After '{KeyPrefix}' come the {CustomerKey.TextLength} characters of a customer key (a to z, 2 to 7).";
            return false;
        }

        var trimmed = id.Trim();
        if (trimmed.Length == 0)
        {
            key = default;
            fault = "The id is empty.";
            return false;
        }

        key = keys.Derive(source.Length == 0 ? CustomerKeyDerivation.DefaultNamespace : source, trimmed);
        return true;
    }
}
