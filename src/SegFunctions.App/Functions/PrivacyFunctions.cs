using SegFunctions.App.Api.Privacy;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Http;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Access;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.Customers;
using SegFunctions.Customers.Privacy.Consents;

namespace SegFunctions.App.Functions;

/// <summary>The rights of a person: to be told everything, to be forgotten, to allow and to refuse.</summary>
internal sealed class PrivacyFunctions(
    CustomerIds ids, AccessReport access, ErasureStarter erasures, ErasureTable erased, TombstoneStore tombstones, ConsentTable consents, ConsentPolicy policy,
    AuditLog audit, TimeProvider time)
{
    private const string Source = "Namespace of the raw id; 'default' when absent.";
    private const int LongestText = 1000;

    [Function("GetPersonalData")]
    [Summary("Everything that is held on a person, as JSON or as a page to read and print.")]
    [Query<string>("source", Source)]
    [Query<string>("format", "html for a page; Accept: text/html is honoured when absent.")]
    [Query<string>("lang", "Language of the page, of names and reasons: en or fr; Accept-Language is honoured when absent.")]
    [Returns<AccessAnswer>]
    public async Task<IResult> AccessAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/customers/{id}/privacy/access")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!TryRead(request, id, out var key, out var fault))
            return Answer.BadRequest(fault);
        await audit.AddAsync(key, Caller.Of(request), "access", "access", cancellationToken);
        var language = RequestLanguage.Of(request);
        var answer = await access.CollectAsync(key, CustomerIds.RawId(id), language, cancellationToken);
        return WantsPage(request)
            ? Results.Content(AccessPage.Write(answer, language), "text/html; charset=utf-8")
            : Answer.Ok(request, answer, AppJson.Default.AccessAnswer);
    }

    [Function("StartErasure")]
    [Summary("Erases a person from every store. From the answer on the person is told of no more and comes in no more.")]
    [Query<string>("source", Source)]
    [Query<string>("lang", "Language of messages: en or fr; Accept-Language is honoured when absent.")]
    [Returns<ErasureAnswer>(202)]
    public async Task<IResult> EraseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/customers/{id}/privacy/erasure")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!TryRead(request, id, out var key, out var fault))
            return Answer.BadRequest(fault);
        await audit.AddAsync(key, Caller.Of(request), "erasure asked for", "erasure", cancellationToken);
        var record = await erasures.StartAsync(key, CustomerIds.RawId(id), cancellationToken);
        return Answer.Accepted(ErasureAnswer.From(record, RequestLanguage.Of(request)), AppJson.Default.ErasureAnswer, $"/api/v1/customers/key:{key}/privacy/erasure");
    }

    [Function("GetErasure")]
    [Summary("How far the erasure of a person is, with a receipt for each store.")]
    [Query<string>("source", Source)]
    [Query<string>("lang", "Language of messages: en or fr; Accept-Language is honoured when absent.")]
    [Returns<ErasureAnswer>]
    [Returns(404, Description = "Nobody has asked for it.")]
    public async Task<IResult> GetErasureAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/customers/{id}/privacy/erasure")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!TryRead(request, id, out var key, out var fault))
            return Answer.BadRequest(fault);
        return await erased.FindAsync(tombstones.Of(key).ToString(), cancellationToken) is { } record
            ? Answer.Ok(request, ErasureAnswer.From(record, RequestLanguage.Of(request)), AppJson.Default.ErasureAnswer)
            : Answer.NotFound("Nobody has asked to erase a customer of that id.");
    }

    [Function("ListAudit")]
    [Summary("Who has looked at or changed a customer's data, oldest first.")]
    [Query<string>("source", Source)]
    [Returns<AuditList>]
    public async Task<IResult> ListAuditAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/customers/{id}/privacy/audit")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!TryRead(request, id, out var key, out var fault))
            return Answer.BadRequest(fault);
        await audit.AddAsync(key, Caller.Of(request), "audit", "access", cancellationToken);
        var entries = await audit.ListAsync(key, cancellationToken);
        return Answer.Ok(request, new AuditList([.. entries.Select(entry => new AuditAnswer(entry.At, entry.Who, entry.What, entry.Purpose))]), AppJson.Default.AuditList);
    }

    [Function("GetConsents")]
    [Summary("What a customer allows, with every word that was said.")]
    [Query<string>("source", Source)]
    [Returns<ConsentList>]
    public async Task<IResult> GetConsentsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/customers/{id}/consents")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!TryRead(request, id, out var key, out var fault))
            return Answer.BadRequest(fault);
        await audit.AddAsync(key, Caller.Of(request), "consents", "access", cancellationToken);
        return Answer.Ok(request, await ConsentsOfAsync(key, cancellationToken), AppJson.Default.ConsentList);
    }

    [Function("AddConsent")]
    [Summary("Adds a customer's word. It counts at once for answers with ?purpose=, and with the next refresh for segments.")]
    [Query<string>("source", Source)]
    [Accepts<ConsentRequest>]
    [Returns<ConsentList>]
    [Returns(400, Description = "Purpose or status is missing or unknown, or a text is too long.")]
    [Returns(409, Description = "The person was erased: nothing is kept of them, not even a word.")]
    public async Task<IResult> AddConsentAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/customers/{id}/consents")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!TryRead(request, id, out var key, out var fault))
            return Answer.BadRequest(fault);
        var said = await request.ReadJsonAsync<ConsentRequest>(cancellationToken);
        if (!ConsentPurposes.TryParse(said.Purpose, out var purpose))
            return Answer.BadRequest($"'purpose' is '{said.Purpose}'; it is one of {ConsentPurposes.Words}.");
        if (said.Status is not ("granted" or "denied"))
            return Answer.BadRequest($"'status' is '{said.Status}'; it is granted or denied.");
        if (said.Source?.Length > LongestText || said.Proof?.Length > LongestText)
            return Answer.BadRequest($"'source' and 'proof' have at most {LongestText} letters.");
        var now = time.GetUtcNow();
        if (said.Timestamp > now.AddDays(1))
            return Answer.BadRequest("'timestamp' lies in the future.");
        if ((await tombstones.ReadAsync(cancellationToken)).Contains(key))
            return Answer.Conflict("The person was erased: nothing is kept of them, not even a word.");
        // What is said now counts now, whatever the caller's clock says.
        var at = said.Timestamp is { } given && given < now ? given : now;
        var record = new ConsentRecord(said.Status == "granted", at.UtcDateTime, said.Source, said.Expires?.UtcDateTime, said.Proof);
        await audit.AddAsync(key, Caller.Of(request), $"consent {said.Status}", purpose.Word(), cancellationToken);
        await consents.AddAsync([new ConsentStatement(key, purpose, record)], cancellationToken);
        return Answer.Ok(request, await ConsentsOfAsync(key, cancellationToken), AppJson.Default.ConsentList);
    }

    private async Task<ConsentList> ConsentsOfAsync(CustomerKey key, CancellationToken cancellationToken) =>
        new(key.ToString(), ConsentAnswer.From(await consents.FindAsync(key, cancellationToken), policy, time.GetUtcNow().UtcDateTime));

    private bool TryRead(HttpRequest request, string id, out CustomerKey key, out string fault) =>
        ids.TryReadPath(id, request.Query["source"].ToString(), out key, out fault);

    private static bool WantsPage(HttpRequest request)
    {
        var format = request.Query["format"].ToString();
        return format.Length > 0 ? format == "html" : request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
